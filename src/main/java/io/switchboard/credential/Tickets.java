package io.switchboard.credential;

import io.switchboard.access.Admission;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tickets that open one connection each: for pages that can put something into an address and nothing else. Thread-safe.
 *
 * <p>A ticket is 128 random bits, good for one use within its time, by the site that it was given to. Only its hash is
 * kept, so nobody can take one out of our memory. It is good on the node that gave it.
 */
public final class Tickets {
    private static final int BYTES = 16;
    private static final int MOST = 100_000;

    private record Held(Admission admission, String origin, long until) {}

    private final Map<String, Held> byHash = new ConcurrentHashMap<>();
    private final Secrets secrets = new Secrets(BYTES);
    private final LongSupplier nanos;
    private final Duration lifetime;

    /**
     * No tickets yet.
     *
     * @param nanos a clock that never goes back, in nanoseconds
     * @param lifetime how long a ticket is good
     */
    public Tickets(LongSupplier nanos, Duration lifetime) {
        this.nanos = nanos;
        this.lifetime = lifetime;
    }

    /** How long a ticket is good. */
    public Duration lifetime() {
        return lifetime;
    }

    /** A new ticket for pages of this site; empty if far too many are out already. */
    public Optional<String> issue(Admission admission, String origin) {
        if (byHash.size() >= MOST) {
            sweep();
            if (byHash.size() >= MOST) {
                return Optional.empty();
            }
        }
        String ticket = secrets.next();
        byHash.put(Secrets.hash(ticket), new Held(admission, origin, nanos.getAsLong() + lifetime.toNanos()));
        return Optional.of(ticket);
    }

    /** Whom a ticket lets in; from now on it is no ticket any more, whoever showed it. */
    public Optional<Admission> redeem(String ticket, String origin) {
        return Optional.ofNullable(byHash.remove(Secrets.hash(ticket)))
                .filter(held -> held.until() - nanos.getAsLong() > 0)
                .filter(held -> held.origin().equals(origin))
                .map(Held::admission);
    }

    /** Takes back every ticket of a user. */
    public void revoke(String user) {
        byHash.values().removeIf(held -> held.admission().identity().user().equals(user));
    }

    /** Forgets tickets that are no good any more; called now and then. */
    public void sweep() {
        long now = nanos.getAsLong();
        byHash.values().removeIf(held -> held.until() - now <= 0);
    }
}
