package io.switchboard.access;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a good connection token says. Immutable.
 *
 * @param user id of the user, empty if anonymous
 * @param roles the roles that the token gives him
 * @param info JSON about him that other clients may see
 * @param meta JSON about him that only the server sees
 * @param issuedAt when the token was made, in seconds since 1970, if it says so
 * @param expiresAt when the connection ends unless it is renewed, in seconds since 1970; empty for never
 * @param subscriptions what the client is subscribed to without asking, by channel
 */
public record ConnectionToken(
        String user,
        Set<String> roles,
        Optional<String> info,
        Optional<String> meta,
        OptionalLong issuedAt,
        OptionalLong expiresAt,
        Map<String, ServerSubscription> subscriptions) {
    /** Takes its own copies. */
    public ConnectionToken {
        roles = Set.copyOf(roles);
        subscriptions = Map.copyOf(subscriptions);
    }
}
