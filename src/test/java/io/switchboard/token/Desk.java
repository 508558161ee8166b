package io.switchboard.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchboard.access.BadToken;
import io.switchboard.session.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where tokens are shown, at a time that stands still. */
final class Desk {
    static final long NOW = 1_800_000_000;

    final ManualClock nanos = new ManualClock();
    /** What would be done once its time has come. */
    final Queue<Runnable> alarms = new ConcurrentLinkedQueue<>();

    private final JoseTokens tokens;

    Desk(TokenSettings settings) {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
        tokens = new JoseTokens(settings, clock, nanos, (delay, task) -> {
            assertThat(delay).isEqualTo(Duration.ofSeconds(2));
            alarms.add(task);
        });
    }

    /** One that has the secret and the public keys of all kinds, each for all it can do. */
    static Desk withAllKeys() {
        return new Desk(TokenSettings.of(allKeys(), Optional.empty()));
    }

    static List<TrustedKey> allKeys() {
        return Stream.concat(
                        Stream.of(TrustedKey.secret(
                                Keys.SECRET, EnumSet.of(Algorithm.HS256, Algorithm.HS384, Algorithm.HS512))),
                        TrustedKey.pem(
                                Stream.of(Keys.RSA, Keys.P256, Keys.P384, Keys.P521, Keys.ED25519)
                                        .map(pair -> Keys.pem(pair.getPublic()))
                                        .reduce("", String::concat),
                                EnumSet.range(Algorithm.RS256, Algorithm.EDDSA))
                                .stream())
                .toList();
    }

    /** One that has only the secret. */
    static Desk withSecret() {
        return new Desk(TokenSettings.of(List.of(TrustedKey.secret(Keys.SECRET, Set.of())), Optional.empty()));
    }

    JoseTokens tokens() {
        return tokens;
    }

    /** Claims that hold for a minute, after these. */
    static String claims(String members) {
        return "{" + members + (members.isEmpty() ? "" : ",") + "\"exp\":" + (NOW + 60) + "}";
    }

    /** A token with the secret's signature, of just these claims. */
    static String token(String claims) {
        return Maker.signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims);
    }

    static <T> T good(CompletionStage<T> answer) {
        return answer.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    void assertInvalid(String token) {
        assertThat(refusal(token).isExpired()).as("only expired").isFalse();
    }

    void assertExpired(String token) {
        assertThat(refusal(token).isExpired()).as("expired").isTrue();
    }

    BadToken refusal(String token) {
        Throwable fault = catchThrowable(() -> good(tokens.connection(token)));
        assertThat(fault).hasCauseInstanceOf(BadToken.class);
        for (String part : token.split("\\.")) {
            assertThat(part.length() > 16 && fault.getCause().getMessage().contains(part))
                    .as("quotes the token")
                    .isFalse();
        }
        return (BadToken) fault.getCause();
    }
}
