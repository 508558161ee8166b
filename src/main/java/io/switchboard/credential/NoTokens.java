package io.switchboard.credential;

import io.switchboard.access.BadToken;
import io.switchboard.access.ConnectionToken;
import io.switchboard.access.SubscriptionToken;
import io.switchboard.access.Tokens;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds no token good: there is no key that could have signed it. Stateless. */
public final class NoTokens implements Tokens {
    @Override
    public CompletionStage<ConnectionToken> connection(String token) {
        return CompletableFuture.failedFuture(BadToken.invalid("no key is set"));
    }

    @Override
    public CompletionStage<SubscriptionToken> subscription(String token) {
        return CompletableFuture.failedFuture(BadToken.invalid("no key is set"));
    }
}
