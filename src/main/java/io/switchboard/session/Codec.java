package io.switchboard.session;

import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.News;
import java.util.List;
import java.util.Optional;

/** The wire form of a dialect. Stateless: one object serves all sessions of a door, and is compared by identity. */
public interface Codec {
    /** The frames that say this; none if the dialect need not say it. */
    List<Frame> encode(Event event);

    /** The frames that say these news of a channel, in this order; called once for all who share them. */
    List<Frame> encode(String channel, List<News> news);

    /** As few frames as the dialect can make of these, in the same order. */
    default List<Frame> join(List<Frame> frames) {
        return frames;
    }

    /** A frame that asks the client for a sign of life; the transport's own, where the dialect has none. */
    default Frame ping() {
        return new Frame.Ping();
    }

    /** How to end a session whose client cannot be told of this event in any other way. */
    default Optional<Disconnect> ending(Event event) {
        return Optional.empty();
    }
}
