package io.switchboard.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a session tells its client, apart from the news of channels. */
public sealed interface Event {
    /** Answer to connect; {@code ping} is the time between pings in seconds. */
    record Connected(long id, String client, String version, long ping) implements Event {}

    /**
     * Answer to subscribe.
     *
     * @param position where the client stands before the publications; empty where no history is kept
     * @param recoverable whether it may come back with a position
     * @param wasRecovering whether recovery was tried
     * @param recovered whether nothing is missing
     */
    record Subscribed(
            long id,
            String channel,
            Optional<Position> position,
            boolean recoverable,
            boolean wasRecovering,
            boolean recovered,
            List<Publication> publications)
            implements Event {}

    /** Answer to a command that has no result; {@code verb} is the command's name. */
    record Done(long id, String verb) implements Event {}

    /** Answer to presence: members by client id. */
    record Members(long id, Map<String, ClientInfo> members) implements Event {}

    /** Answer to presence stats. */
    record MemberCounts(long id, int clients, int users) implements Event {}

    /** Answer to history; {@code top} is the end of the stream, whatever was asked for. */
    record Remembered(long id, List<Publication> publications, Position top) implements Event {}

    /** Answer that refuses a command. */
    record Refused(long id, Problem problem) implements Event {}

    /** The server ended a subscription. */
    record Unsubscribed(String channel, Unsubscribe why) implements Event {}

    /** A slow reader was moved ahead and did not get this many publications. */
    record Missed(String channel, long count) implements Event {}
}
