package io.switchboard.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchboard.access.BadToken;
import io.switchboard.access.ConnectionToken;
import io.switchboard.access.Tokens;
import io.switchboard.token.JoseTokens;
import io.switchboard.token.TokenSettings;
import io.switchboard.token.TrustedKey;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * No text is a good token but the few that were signed, and a signed one says what its claims say.
 *
 * <p>The input is a token; or, if there is a line break in it, header and claims of one that is then signed.
 */
class TokenFuzzTest {
    private static final int BYTES_PER_CHARACTER = 1_024;
    private static final long NOW = 1_900_000_000;
    private static final String SECRET = "a secret that is only for tests!!";
    private static final String PEM = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEpHMW2gs1p80L0a9V0LghGj+p1ViqGoKRKSiftFdYghHBuIdLaOEQLcQ2XOWHkrSD0dMj2QCGnWUk8cfUz2bLHw==
            -----END PUBLIC KEY-----
            """;
    /** Signed with {@link #SECRET} and with the private key of {@link #PEM}: user u, until 2000000000. */
    private static final Set<String> CONNECTION = Set.of(
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1IiwiZXhwIjoyMDAwMDAwMDAwfQ.B77lk6EAHLhOHQPAim8lyFKg3Ycha5gN0Ue7Wx7JSLw",
            "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.eyJzdWIiOiJ1IiwiZXhwIjoyMDAwMDAwMDAwfQ"
                    + ".C7sxOlgXKxuLN55ONz-133TBbRRfebWScVhY1FmjqBfyC5UnVgND4I1n9F_Rho1OfBply81d0VRkSc95iUeCwg");
    /** The same for channel c. */
    private static final Set<String> SUBSCRIPTION = Set.of("eyJhbGciOiJIUzI1NiJ9"
            + ".eyJzdWIiOiJ1IiwiY2hhbm5lbCI6ImMiLCJleHAiOjIwMDAwMDAwMDB9.GR_MRmuuRsG7aWrk2ACi28MtE_Q_HsEzriTi10uN2VE");

    private static final Tokens TOKENS = new JoseTokens(
            TokenSettings.of(keys(), Optional.empty()),
            Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC),
            () -> 0,
            (delay, task) -> {});

    private static List<TrustedKey> keys() {
        List<TrustedKey> keys = new ArrayList<>(TrustedKey.pem(PEM, Set.of()));
        keys.add(TrustedKey.secret(SECRET, Set.of()));
        return keys;
    }

    @FuzzTest
    void noTokenIsGoodButTheSigned(byte[] bytes) throws GeneralSecurityException {
        String text = Fuzzing.text(bytes);

        assertThat(good(text, TOKENS::connection).isPresent()).as(text).isEqualTo(CONNECTION.contains(text));
        assertThat(good(text, TOKENS::subscription).isPresent()).as(text).isEqualTo(SUBSCRIPTION.contains(text));

        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                aSignedOneIsBadOrSaysWhatItsClaimsSay(
                        Arrays.copyOf(bytes, i), Arrays.copyOfRange(bytes, i + 1, bytes.length));
                return;
            }
        }
    }

    /** What a token says; empty if it is not good. */
    private static <T> Optional<T> good(String token, Function<String, CompletionStage<T>> reading) {
        CompletableFuture<T> answer = Fuzzing.bounded(
                token.length(), BYTES_PER_CHARACTER, () -> reading.apply(token).toCompletableFuture());

        assertThat(answer).isDone();
        return answer.handle((said, fault) -> {
                    if (fault != null) {
                        assertThat(fault).isInstanceOf(BadToken.class);
                        Arrays.stream(token.split("\\."))
                                .filter(part -> part.length() > 16)
                                .forEach(part -> assertThat(fault.getMessage()).doesNotContain(part));
                    }
                    return Optional.ofNullable(said);
                })
                .join();
    }

    private static void aSignedOneIsBadOrSaysWhatItsClaimsSay(byte[] header, byte[] claims)
            throws GeneralSecurityException {
        String unsigned = base64(header) + "." + base64(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HMAC"));
        String token = unsigned + "." + base64(mac.doFinal(unsigned.getBytes(UTF_8)));

        Optional<ConnectionToken> connection = good(token, TOKENS::connection);
        connection.ifPresent(said -> {
            JsonObject claimed = object(claims);
            assertThat(text(object(header), "alg")).isEqualTo("HS256");
            assertThat(object(header)).doesNotContainKeys("crit", "enc", "zip", "b64");
            assertThat(said.user()).isEqualTo(text(claimed, "sub"));
            assertThat(claimed.getOrDefault("channel", JsonValue.NULL)).isEqualTo(JsonValue.NULL);
            holdsNow(claimed);
        });
        good(token, TOKENS::subscription).ifPresent(said -> {
            JsonObject claimed = object(claims);
            assertThat(connection).isEmpty();
            assertThat(said.user()).isEqualTo(text(claimed, "sub"));
            assertThat(said.channel()).isEqualTo(text(claimed, "channel")).isNotEmpty();
            holdsNow(claimed);
        });
    }

    private static void holdsNow(JsonObject claims) {
        assertThat(((JsonNumber) claims.get("exp")).doubleValue()).isGreaterThan(NOW);
        if (claims.get("nbf") instanceof JsonNumber start) {
            assertThat(start.longValue()).isLessThanOrEqualTo(NOW + 10);
        }
    }

    private static JsonObject object(byte[] json) {
        String text = Fuzzing.text(json);
        assertThat(Referee.read(text))
                .hasValueSatisfying(found -> assertThat(found.repeats()).isFalse());
        return Referee.value(text).orElseThrow().asJsonObject();
    }

    private static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString string ? string.getString() : "";
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
