package io.switchboard.message;

import java.util.Map;
import java.util.Optional;

/** What a client asks for, in the core's own language. */
public sealed interface Command {
    /** The client's own number for this command, echoed in the answer; 0 where no answer is wanted. */
    default long id() {
        return 0;
    }

    /**
     * First command of a session.
     *
     * @param since where the client stopped reading the channels that it is subscribed to without asking
     */
    record Connect(long id, Optional<String> token, Map<String, Position> since) implements Command {}

    /**
     * Follow a channel.
     *
     * @param since where the client stopped reading, if it wants what it missed
     * @param joinLeave whether it wants to hear of members coming and going
     * @param refuseUnrecovered whether it wants error 112 instead of an answer that says "not recovered"
     * @param unsupported a wish in the command that nobody here can grant and that must not be ignored
     */
    record Subscribe(
            long id,
            String channel,
            Optional<String> token,
            Optional<Position> since,
            boolean joinLeave,
            boolean refuseUnrecovered,
            Optional<Problem> unsupported)
            implements Command {}

    /** Stop following a channel. */
    record Unsubscribe(long id, String channel) implements Command {}

    /** Say something in a channel; {@code key} names what it is the latest value of. */
    record Publish(long id, String channel, Optional<String> data, Optional<String> key) implements Command {}

    /** List the members of a channel. */
    record Presence(long id, String channel) implements Command {}

    /** Count the members of a channel. */
    record PresenceStats(long id, String channel) implements Command {}

    /** Read back what was said. */
    record History(long id, String channel, int limit, Optional<Position> since, boolean reverse) implements Command {}

    /** Call a method of the application. */
    record Call(long id, String method) implements Command {}

    /** Tell the application something, without an answer. */
    record Send() implements Command {}

    /** Renew the right to be connected. */
    record Refresh(long id, Optional<String> token) implements Command {}

    /** Renew the right to a subscription. */
    record SubRefresh(long id, String channel, Optional<String> token) implements Command {}

    /** Answer to a ping. */
    record Pong() implements Command {}
}
