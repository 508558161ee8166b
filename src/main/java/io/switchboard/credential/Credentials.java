package io.switchboard.credential;

import io.switchboard.access.Admission;
import io.switchboard.access.Authenticator;
import io.switchboard.access.BadToken;
import io.switchboard.access.Caller;
import io.switchboard.access.ConnectionToken;
import io.switchboard.access.Credential;
import io.switchboard.access.Identity;
import io.switchboard.access.Tokens;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Believes, in this order, the token of the connect command, what was shown at the handshake, and the container's own
 * login. Whoever shows something expects it to count, so if it is not good nothing else is tried. Thread-safe.
 */
public final class Credentials implements Authenticator {
    private final Tokens tokens;
    private final Tickets tickets;
    private final Revocations revocations;

    /** Believes these. */
    public Credentials(Tokens tokens, Tickets tickets, Revocations revocations) {
        this.tokens = tokens;
        this.tickets = tickets;
        this.revocations = revocations;
    }

    @Override
    public CompletionStage<Admission> authenticate(Caller caller, Optional<String> token) {
        if (token.isPresent()) {
            return renew(token.get());
        }
        return caller.credential()
                .map(credential -> authenticate(caller, credential))
                .orElseGet(() -> CompletableFuture.completedFuture(Admission.of(caller.identity())));
    }

    @Override
    public CompletionStage<Admission> renew(String token) {
        return tokens.connection(token).thenApply(this::admit);
    }

    private CompletionStage<Admission> authenticate(Caller caller, Credential credential) {
        return switch (credential.kind()) {
            case TOKEN -> renew(credential.text());
            case TICKET ->
                tickets.redeem(credential.text(), caller.origin())
                        .<CompletionStage<Admission>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> CompletableFuture.failedFuture(BadToken.invalid("no such ticket")));
        };
    }

    private Admission admit(ConnectionToken token) {
        OptionalLong issued = token.issuedAt();
        if (revocations.covers(token.user(), issued)) {
            throw BadToken.invalid("revoked");
        }
        Identity identity = new Identity(token.user(), token.roles(), token.info(), token.meta());
        return new Admission(identity, token.expiresAt(), token.subscriptions());
    }
}
