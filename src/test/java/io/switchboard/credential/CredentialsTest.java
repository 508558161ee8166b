package io.switchboard.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.access.Admission;
import io.switchboard.access.BadToken;
import io.switchboard.access.Caller;
import io.switchboard.access.ConnectionToken;
import io.switchboard.access.Credential;
import io.switchboard.access.Identity;
import io.switchboard.access.ServerSubscription;
import io.switchboard.access.SubscriptionToken;
import io.switchboard.access.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Which of the things that a caller shows counts: the first one, good or bad. */
class CredentialsTest {
    private static final String SITE = "https://example.org";
    private static final Identity LOGIN = Identity.of("login", Set.of("staff"));

    private final Tickets tickets = new Tickets(() -> 0, Duration.ofSeconds(30));
    private final Revocations revocations =
            new Revocations(InstantSource.fixed(Instant.ofEpochSecond(1_000)), Duration.ofHours(1));
    private final Credentials credentials = new Credentials(new NamedTokens(), tickets, revocations);

    @Test
    void theTokenOfTheCommandComesFirst() {
        String ticket = ticket("ticket");

        assertThat(user(caller(Credential.Kind.TICKET, ticket), "good:command")).isEqualTo("command");
        assertThat(user(caller(Credential.Kind.TOKEN, "good:handshake"), "good:command"))
                .isEqualTo("command");
        assertThat(tickets.redeem(ticket, SITE)).isPresent();
    }

    @Test
    void whatWasShownAtTheHandshakeComesBeforeTheLogin() {
        assertThat(user(caller(Credential.Kind.TOKEN, "good:handshake"), null)).isEqualTo("handshake");
        assertThat(user(caller(Credential.Kind.TICKET, ticket("ticket")), null)).isEqualTo("ticket");
    }

    @Test
    void whoShowsNothingIsWhomTheContainerKnows() {
        assertThat(admission(new Caller("", SITE, LOGIN, Optional.empty()), null))
                .isEqualTo(Admission.of(LOGIN));
        assertThat(admission(Caller.UNKNOWN, null).identity()).isEqualTo(Identity.ANONYMOUS);
    }

    @Test
    void whatIsNoGoodIsNotReplacedBySomethingElse() {
        String ticket = ticket("ticket");

        assertBad(caller(Credential.Kind.TOKEN, "good:handshake"), "bad", false);
        assertBad(caller(Credential.Kind.TOKEN, "good:handshake"), "old", true);
        assertBad(caller(Credential.Kind.TICKET, ticket), "bad", false);
        assertBad(caller(Credential.Kind.TOKEN, "bad"), null, false);
        assertBad(caller(Credential.Kind.TOKEN, "old"), null, true);
        assertBad(caller(Credential.Kind.TICKET, "no ticket"), null, false);
        assertBad(
                new Caller("", "https://evil.example", LOGIN, credential(Credential.Kind.TICKET, ticket)), null, false);
        assertBad(caller(Credential.Kind.TICKET, ticket), null, false); // burnt
        assertBad(caller(Credential.Kind.TICKET, "good:handshake"), null, false); // a token is no ticket
        assertBad(caller(Credential.Kind.TOKEN, ticket("ticket")), null, false); // and the other way round
    }

    @Test
    void everythingThatATokenSaysIsTaken() {
        Admission admission = admission(Caller.UNKNOWN, "good:ann");

        assertThat(admission.identity())
                .isEqualTo(new Identity("ann", Set.of("editor"), Optional.of("{\"n\":1}"), Optional.of("{\"m\":2}")));
        assertThat(admission.expiresAt()).hasValue(5_000);
        assertThat(admission.subscriptions()).containsOnlyKeys("news:a");
        assertThat(credentials.renew("good:ann").toCompletableFuture().join()).isEqualTo(admission);
    }

    @Test
    void tokensFromBeforeARevocationAreVoidEverywhere() {
        revocations.revoke("ann");

        assertBad(Caller.UNKNOWN, "good:ann", false);
        assertBad(caller(Credential.Kind.TOKEN, "good:ann"), null, false);
        assertThatThrownBy(() ->
                        credentials.renew("good:ann").toCompletableFuture().join())
                .hasCauseInstanceOf(BadToken.class);
        assertThat(user(Caller.UNKNOWN, "good:bob")).isEqualTo("bob");
        assertThat(user(Caller.UNKNOWN, "new:ann")).isEqualTo("ann");
    }

    @Test
    void aCredentialNeverShowsItsSecret() {
        assertThat(caller(Credential.Kind.TOKEN, "sesame").toString()).doesNotContain("sesame");
        assertThat(caller(Credential.Kind.TICKET, "sesame").toString()).doesNotContain("sesame");
    }

    private void assertBad(Caller caller, String token, boolean expired) {
        CompletableFuture<Admission> answer = authenticate(caller, token);

        assertThat(answer).isCompletedExceptionally();
        assertThatThrownBy(answer::join)
                .cause()
                .isInstanceOfSatisfying(
                        BadToken.class, bad -> assertThat(bad.isExpired()).isEqualTo(expired));
    }

    private String user(Caller caller, String token) {
        return admission(caller, token).identity().user();
    }

    private Admission admission(Caller caller, String token) {
        return authenticate(caller, token).join();
    }

    private CompletableFuture<Admission> authenticate(Caller caller, String token) {
        return credentials.authenticate(caller, Optional.ofNullable(token)).toCompletableFuture();
    }

    private String ticket(String user) {
        return tickets.issue(Admission.of(Identity.of(user, Set.of())), SITE).orElseThrow();
    }

    private static Caller caller(Credential.Kind kind, String text) {
        return new Caller("192.0.2.1", SITE, LOGIN, credential(kind, text));
    }

    private static Optional<Credential> credential(Credential.Kind kind, String text) {
        return Optional.of(new Credential(kind, text));
    }

    /** Finds {@code good:ann} a token of ann's from second 1,000, {@code new:ann} one from later, {@code old} one too old. */
    private static final class NamedTokens implements Tokens {
        @Override
        public CompletionStage<ConnectionToken> connection(String token) {
            if (!token.startsWith("good:") && !token.startsWith("new:")) {
                return CompletableFuture.failedFuture(
                        token.equals("old") ? BadToken.expired() : BadToken.invalid("bad"));
            }
            return CompletableFuture.completedFuture(new ConnectionToken(
                    token.substring(token.indexOf(':') + 1),
                    Set.of("editor"),
                    Optional.of("{\"n\":1}"),
                    Optional.of("{\"m\":2}"),
                    OptionalLong.of(token.startsWith("new:") ? 1_001 : 1_000),
                    OptionalLong.of(5_000),
                    Map.of("news:a", ServerSubscription.PLAIN)));
        }

        @Override
        public CompletionStage<SubscriptionToken> subscription(String token) {
            return CompletableFuture.failedFuture(BadToken.invalid("not asked here"));
        }
    }
}
