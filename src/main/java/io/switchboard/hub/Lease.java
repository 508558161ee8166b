package io.switchboard.hub;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How long a right lasts. Immutable.
 *
 * <p>The end is a time of the clock that never goes back, so a step of the wall clock neither ends nor extends what was
 * granted before it. The client is asked for a new token early enough to get one.
 *
 * @param ttl after how many seconds the client should renew it, empty for never
 * @param end when it ends, in nanoseconds of our clock, empty for never
 */
record Lease(OptionalLong ttl, OptionalLong end) {
    /** One that never ends. */
    static final Lease FOR_EVER = new Lease(OptionalLong.empty(), OptionalLong.empty());

    private static final long AHEAD = 25;
    private static final long YEAR = TimeUnit.DAYS.toSeconds(365);

    /** Until a time in seconds since 1970, empty for ever; {@code nanos} is our clock at {@code now}. */
    static Lease until(OptionalLong expiresAt, Instant now, long nanos) {
        if (expiresAt.isEmpty()) {
            return FOR_EVER;
        }
        long left = Math.min(expiresAt.getAsLong() - now.getEpochSecond(), YEAR);
        long ahead = Math.min(AHEAD, left / 4);
        return new Lease(
                OptionalLong.of(Math.max(1, left - ahead)), OptionalLong.of(nanos + TimeUnit.SECONDS.toNanos(left)));
    }

    boolean isOver(long nanos) {
        return end.isPresent() && nanos - end.getAsLong() >= 0;
    }
}
