package io.switchboard.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a session tells its client, apart from the news of channels. */
public sealed interface Event {
    /**
     * Answer to connect.
     *
     * @param ping time between pings in seconds
     * @param ttl after how many seconds the client should renew its token, empty for never
     * @param subscriptions what it is subscribed to without having asked, by channel
     * @param handle how to speak for it in other requests, where its connection carries nothing towards us
     */
    record Connected(
            long id,
            String client,
            String version,
            long ping,
            OptionalLong ttl,
            Map<String, Subscribed> subscriptions,
            Optional<Handle> handle)
            implements Event {}

    /** The last word before the connection ends, for transports that have no close code. */
    record Ended(Disconnect why) implements Event {}

    /** Answer to a refresh; {@code ttl} as in {@link Connected}. */
    record Refreshed(long id, OptionalLong ttl) implements Event {}

    /** Answer to the refresh of a subscription; {@code ttl} as in {@link Subscribed}. */
    record SubRefreshed(long id, OptionalLong ttl) implements Event {}

    /**
     * Answer to subscribe.
     *
     * @param position where the client stands before the publications; empty where no history is kept
     * @param recoverable whether it may come back with a position
     * @param wasRecovering whether recovery was tried
     * @param recovered whether nothing is missing
     * @param ttl after how many seconds the client should renew the subscription's token, empty for never
     * @param data JSON that came with the right to subscribe
     */
    record Subscribed(
            long id,
            String channel,
            Optional<Position> position,
            boolean recoverable,
            boolean wasRecovering,
            boolean recovered,
            List<Publication> publications,
            OptionalLong ttl,
            Optional<String> data)
            implements Event {
        /** The same for a dialect that says the publications by themselves. */
        public Subscribed withoutPublications() {
            return new Subscribed(id, channel, position, recoverable, wasRecovering, recovered, List.of(), ttl, data);
        }
    }

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
