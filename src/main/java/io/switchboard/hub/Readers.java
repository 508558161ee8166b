package io.switchboard.hub;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The subscriptions of one channel, with a list that is made anew only after a change. Guarded by the lock of its
 * {@link Tail}. */
final class Readers {
    private final Set<Subscription> subscriptions = new LinkedHashSet<>();
    private List<Subscription> list = List.of();
    private boolean stale;

    void add(Subscription subscription) {
        stale |= subscriptions.add(subscription);
    }

    boolean remove(Subscription subscription) {
        boolean removed = subscriptions.remove(subscription);
        stale |= removed;
        return removed;
    }

    boolean isEmpty() {
        return subscriptions.isEmpty();
    }

    /** All of them, as they are now. */
    List<Subscription> all() {
        if (stale) {
            list = List.copyOf(subscriptions);
            stale = false;
        }
        return list;
    }
}
