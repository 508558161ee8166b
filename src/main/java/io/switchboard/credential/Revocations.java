package io.switchboard.credential;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Users whose tokens were declared void, and when: what was issued later is good again. Thread-safe. */
public final class Revocations {
    private final Map<String, Long> seconds = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Duration memory;

    /**
     * Nobody yet.
     *
     * @param memory how long it is remembered: at least as long as tokens live
     */
    public Revocations(InstantSource clock, Duration memory) {
        this.clock = clock;
        this.memory = memory;
    }

    /** All tokens of this user that were issued before now are void. */
    public void revoke(String user) {
        seconds.put(user, clock.instant().getEpochSecond());
    }

    /**
     * Whether a token is void.
     *
     * @param issuedAt when it was issued, in seconds since 1970; one that does not say so is as old as can be
     */
    public boolean covers(String user, OptionalLong issuedAt) {
        Long since = seconds.get(user);
        return since != null && issuedAt.orElse(Long.MIN_VALUE) <= since;
    }

    /** Forgets what need not be remembered any more; called now and then. */
    public void sweep() {
        long oldest = clock.instant().minus(memory).getEpochSecond();
        seconds.values().removeIf(second -> second < oldest);
    }
}
