package io.switchboard.access;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Decides who the sender of a connect command is. Thread-safe; must not block.
 *
 * <p>A stage fails with a {@link BadToken} if what he shows is not good.
 */
public interface Authenticator {
    /**
     * The identity to go on with.
     *
     * @param caller what is known from the handshake
     * @param token the token in the connect command
     */
    CompletionStage<Admission> authenticate(Caller caller, Optional<String> token);

    /** Who the holder of a connection token is: for renewals. */
    CompletionStage<Admission> renew(String token);
}
