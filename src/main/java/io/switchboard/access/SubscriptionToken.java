package io.switchboard.access;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a good subscription token says. Immutable.
 *
 * @param user id of the only user it is for, empty for the anonymous
 * @param channel the only channel it opens
 * @param client id of the only session it is for, if it names one
 * @param info JSON about the subscriber that other clients may see
 * @param data JSON that the client is told with the subscription
 * @param expiresAt when the subscription ends unless it is renewed, in seconds since 1970; empty for never
 */
public record SubscriptionToken(
        String user,
        String channel,
        Optional<String> client,
        Optional<String> info,
        Optional<String> data,
        OptionalLong expiresAt) {}
