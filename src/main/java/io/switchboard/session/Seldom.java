package io.switchboard.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Warns in a log, but not more often than every ten seconds, whatever clients do. Thread-safe. */
public final class Seldom {
    private static final long PAUSE_NANOS = 10_000_000_000L;

    private final Logger log;
    private final LongSupplier nanos;
    private final AtomicLong nextAt;
    private final AtomicLong silent = new AtomicLong();

    /** Warns in this log; {@code nanos} is a clock that never goes back. */
    public Seldom(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
        nextAt = new AtomicLong(nanos.getAsLong());
    }

    /** Warns of something that somebody did. */
    public void warn(Supplier<String> message) {
        if (mayTalk()) {
            log.log(Level.WARNING, message.get() + others());
        }
    }

    /** Warns of something that went wrong. */
    public void warn(Supplier<String> message, Throwable failure) {
        if (mayTalk()) {
            log.log(Level.WARNING, message.get() + others(), failure);
        }
    }

    private boolean mayTalk() {
        long now = nanos.getAsLong();
        long next = nextAt.get();
        boolean may = now - next >= 0 && nextAt.compareAndSet(next, now + PAUSE_NANOS);
        if (!may) {
            silent.incrementAndGet();
        }
        return may;
    }

    private String others() {
        long count = silent.getAndSet(0);
        return count == 0 ? "" : " (and " + count + " more warnings since the last)";
    }
}
