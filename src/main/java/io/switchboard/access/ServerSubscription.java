package io.switchboard.access;

import java.util.Optional;

/**
 * A subscription that the client did not ask for. Immutable.
 *
 * @param info JSON about the subscriber that other clients may see
 * @param data JSON that the client is told with the subscription
 */
public record ServerSubscription(Optional<String> info, Optional<String> data) {
    /** One with nothing to it. */
    public static final ServerSubscription PLAIN = new ServerSubscription(Optional.empty(), Optional.empty());
}
