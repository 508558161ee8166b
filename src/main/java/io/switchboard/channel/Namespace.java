package io.switchboard.channel;

import java.time.Duration;

/**
 * Options of all channels whose name starts with {@code name:}. Immutable.
 *
 * @param name the namespace's own name
 * @param historySize publications remembered per channel, 0 for none
 * @param historyTtl how long each is remembered
 * @param presence whether the members of a channel can be listed
 * @param joinLeave whether subscribers hear of members coming and going
 * @param recovery what returning subscribers are given
 * @param subscribe who may subscribe
 * @param publish who may publish
 * @param history who may read the history
 * @param members who may see the members
 * @param onLag what happens to a reader who fell too far behind
 */
public record Namespace(
        String name,
        int historySize,
        Duration historyTtl,
        boolean presence,
        boolean joinLeave,
        Recovery recovery,
        Rule subscribe,
        Rule publish,
        Rule history,
        Rule members,
        OnLag onLag) {

    /** Refuses, with an {@link IllegalArgumentException}, options that contradict each other. */
    public Namespace {
        if (historySize < 0 || historySize > 100_000) {
            throw new IllegalArgumentException("history-size must be 0 to 100000");
        }
        if (historyTtl.isNegative()) {
            throw new IllegalArgumentException("history-ttl must not be negative");
        }
        if (recovery != Recovery.OFF && (historySize == 0 || historyTtl.isZero())) {
            throw new IllegalArgumentException("recovery needs history-size and history-ttl");
        }
    }

    /** Whether publications are remembered, and therefore numbered. */
    public boolean keepsHistory() {
        return historySize > 0 && !historyTtl.isZero();
    }
}
