package io.switchboard.session;

import io.switchboard.message.Disconnect;
import java.util.Optional;

/**
 * Whether a peer is alive and reads: pings, pongs, and the bytes it owes us an answer for.
 *
 * <p>Frames on a connection are read in order, so a pong proves that everything written before its ping was read. Times
 * are nanoseconds of a clock that never goes back. Guarded by the lock of its {@link Pump}.
 */
final class Pulse {
    private final Limits limits;

    private long written;
    private long read;
    private long lastHeard;
    private long nextPing;
    private boolean started;
    private boolean pinged;
    private long pingedAt;
    private long writtenBeforePing;
    private boolean full;
    private long fullSince;

    Pulse(Limits limits, long now) {
        this.limits = limits;
        lastHeard = now;
    }

    /** The peer has connected: from now on it is pinged; {@code random} is 0 to 1. */
    void start(long now, double random) {
        started = true;
        nextPing = now + (long) (limits.pingInterval().toNanos() * (0.5 + random / 2));
    }

    /** Some sign of the peer arrived. */
    void heard(long now) {
        lastHeard = now;
    }

    /** The peer answered a ping; one that answers nothing is ignored. */
    void ponged() {
        if (pinged) {
            pinged = false;
            read = writtenBeforePing;
            full = false;
        }
    }

    /** Whether this much more may be written; if not, the window counts as full from now on. */
    boolean admits(int size, long now) {
        boolean admitted = owed() == 0 || owed() + size <= limits.window();
        if (!admitted && !full) {
            full = true;
            fullSince = now;
        }
        return admitted;
    }

    void wrote(int size) {
        written += size;
    }

    /** Whether a ping should go out now. */
    boolean wantsPing(long now) {
        return started && !pinged && (full || owed() > limits.pingAfter() || now - nextPing >= 0);
    }

    /** A ping goes out; {@code random} is 0 to 1. */
    void ping(long now, double random) {
        pinged = true;
        pingedAt = now;
        writtenBeforePing = written;
        nextPing = now + (long) (limits.pingInterval().toNanos() * (0.9 + random / 5));
    }

    /** Why the peer must be given up, if it must. */
    Optional<Disconnect> verdict(long now) {
        if (full && now - fullSince > limits.windowTimeout().toNanos()) {
            return Optional.of(Disconnect.SLOW);
        }
        if (pinged) {
            // anything heard proves life for as long as an idle peer may be silent
            long since = lastHeard - pingedAt <= 0
                    ? pingedAt
                    : lastHeard + limits.pingInterval().toNanos();
            // behind much data even an honest peer answers late: a slow phone needs 10 s for 1 MiB
            boolean behindMuch = writtenBeforePing - read > limits.pingAfter();
            long patience = (behindMuch ? limits.windowTimeout() : limits.pongTimeout()).toNanos();
            if (now - since > patience) {
                return Optional.of(Disconnect.NO_PONG);
            }
        }
        return Optional.empty();
    }

    private long owed() {
        return written - read;
    }
}
