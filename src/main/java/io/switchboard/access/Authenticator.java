package io.switchboard.access;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Decides who the sender of a connect command is. Thread-safe; must not block. */
public interface Authenticator {
    /**
     * The identity to go on with.
     *
     * @param byContainer what the container's own login said at the handshake
     * @param token the token in the connect command
     * @return the identity, or empty if the token is not good
     */
    CompletionStage<Optional<Identity>> authenticate(Identity byContainer, Optional<String> token);
}
