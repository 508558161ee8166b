package io.switchboard;

import io.switchboard.message.ClientInfo;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import io.switchboard.message.Unsubscribe;
import io.switchboard.session.Session;
import io.switchboard.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The live channels of this server, for application code: {@code @Inject Switchboard}. Thread-safe, never blocks.
 *
 * <p>Application code may do everything in every channel that exists; the rules of namespaces are for clients. Every method
 * that takes a channel throws a {@link io.switchboard.message.Refusal}: 107 if no channel may be called so, 102 if its
 * namespace does not exist, 108 if the namespace does not do what is asked for. A stage that fails means that the outcome
 * is not known.
 */
public interface Switchboard {
    /**
     * Publishes an object, as JSON-B writes it.
     *
     * @param data a bean, record, collection, map, string, number or boolean
     * @return where it stands in the channel's stream, {@link Position#UNKNOWN} where no history is kept
     */
    default CompletionStage<Position> publish(String channel, Object data) {
        return publish(channel, data, Map.of());
    }

    /**
     * Publishes an object with tags that subscribers see.
     *
     * @param tags small notes; the one named {@link Publication#KEY} says what this is the latest value of
     */
    CompletionStage<Position> publish(String channel, Object data, Map<String, String> tags);

    /** Publishes what is JSON already; throws an {@link IllegalArgumentException} if it is not exactly one value. */
    default CompletionStage<Position> publishJson(String channel, String json) {
        return publishJson(channel, json, Map.of());
    }

    /** Publishes what is JSON already, with tags that subscribers see. */
    CompletionStage<Position> publishJson(String channel, String json, Map<String, String> tags);

    /** The newest publications of a channel, oldest first; at most {@code limit}. */
    CompletionStage<List<Publication>> history(String channel, int limit);

    /** The members of a channel by client id. */
    CompletionStage<Map<String, ClientInfo>> presence(String channel);

    /** Ends all sessions of a user on this node, with code 3503: their clients stay away. How many there were. */
    default int disconnect(String user) {
        return disconnect(user, Disconnect.FORCED);
    }

    /** Ends all sessions of a user on this node; the code says whether their clients come back. How many there were. */
    int disconnect(String user, Disconnect why);

    /**
     * Takes away everything a user was given: his sessions on this node end with code 3005, his tickets and the tokens that
     * were issued before now are void. His client may come back, as whoever it then can show that it is. How many sessions
     * there were.
     */
    int revoke(String user);

    /** Gives a user other roles in his sessions on this node; what they no longer allow ends. How many there were. */
    int setRoles(String user, Set<String> roles);

    /** Ends the subscriptions of a user to a channel on this node, for good. How many there were. */
    default int unsubscribe(String user, String channel) {
        return unsubscribe(user, channel, Unsubscribe.BY_SERVER);
    }

    /** Ends the subscriptions of a user to a channel on this node. How many there were. */
    int unsubscribe(String user, String channel, Unsubscribe why);

    /** Ends one session's subscription to a channel; false if it had none. To end the session, close it. */
    boolean unsubscribe(Session session, String channel, Unsubscribe why);

    /** The sessions of this node: by id, by user, by address. */
    Sessions sessions();
}
