package io.switchboard.access;

import java.util.Map;
import java.util.OptionalLong;

/**
 * That a caller may connect. Immutable.
 *
 * @param identity who he is
 * @param expiresAt when he has to renew it, in seconds since 1970; empty for never
 * @param subscriptions what he is subscribed to without asking, by channel
 */
public record Admission(Identity identity, OptionalLong expiresAt, Map<String, ServerSubscription> subscriptions) {
    /** Takes its own copy. */
    public Admission {
        subscriptions = Map.copyOf(subscriptions);
    }

    /** One that lasts and brings nothing. */
    public static Admission of(Identity identity) {
        return new Admission(identity, OptionalLong.empty(), Map.of());
    }
}
