package io.switchboard.engine;

import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.message.ClientInfo;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the streams and members of channels and tells every node what happens in them. Thread-safe.
 *
 * <p>No method blocks or throws: a stage completes on any thread, possibly before the method returns. A stage that fails means that
 * the outcome is not known.
 */
public interface Engine {
    /** Short name for people, such as {@code memory}. */
    String name();

    /** Names the one listener of this node; called once, before anything else. */
    void listen(EngineListener listener);

    /**
     * Appends a publication to the channel's stream and tells all nodes.
     *
     * <p>All listeners hear the publications of a channel in the order of their offsets. Where the namespace keeps no
     * history the publication has no number and the position is {@link Position#UNKNOWN}.
     */
    CompletionStage<Position> publish(ChannelName channel, Namespace namespace, Publication publication);

    /** Reads from the channel's stream; expired publications are left out. */
    CompletionStage<History> history(ChannelName channel, Namespace namespace, HistoryQuery query);

    /** Forgets the publications of a channel but neither its top nor its epoch, so that nobody's place is lost. */
    CompletionStage<Position> forget(ChannelName channel, Namespace namespace);

    /** Adds a member, and tells all nodes if the namespace says join and leave. Adding twice is adding once. */
    CompletionStage<Boolean> join(ChannelName channel, Namespace namespace, ClientInfo member);

    /** Removes a member, and tells all nodes if it was there and the namespace says join and leave. */
    CompletionStage<Boolean> leave(ChannelName channel, Namespace namespace, ClientInfo member);

    /** The members of a channel by client id. */
    CompletionStage<Map<String, ClientInfo>> members(ChannelName channel);

    /** Drops what has expired; called now and then. */
    void sweep();
}
