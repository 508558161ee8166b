package io.switchboard.session;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that only goes on when a test says so, in nanoseconds. */
public final class ManualClock implements LongSupplier {
    private volatile long now = 1_000_000_000L;

    public void advance(Duration by) {
        now += by.toNanos();
    }

    @Override
    public long getAsLong() {
        return now;
    }
}
