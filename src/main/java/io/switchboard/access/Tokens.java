package io.switchboard.access;

import java.util.concurrent.CompletionStage;

/**
 * Reads tokens that somebody we trust has signed. Thread-safe; never blocks.
 *
 * <p>A stage fails with a {@link BadToken} if the token is not good, and with anything else if that could not be found
 * out.
 */
public interface Tokens {
    /** What a connection token says. */
    CompletionStage<ConnectionToken> connection(String token);

    /** What a subscription token says. */
    CompletionStage<SubscriptionToken> subscription(String token);
}
