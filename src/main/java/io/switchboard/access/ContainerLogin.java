package io.switchboard.access;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Believes the container's own login, and no token: a caller who shows one expects it to count, so he must not be let in
 * as somebody else. Stateless.
 */
public final class ContainerLogin implements Authenticator {
    @Override
    public CompletionStage<Optional<Identity>> authenticate(Identity byContainer, Optional<String> token) {
        return CompletableFuture.completedFuture(token.isPresent() ? Optional.empty() : Optional.of(byContainer));
    }
}
