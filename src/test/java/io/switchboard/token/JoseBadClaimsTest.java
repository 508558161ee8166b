package io.switchboard.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A good signature does not make claims good. */
class JoseBadClaimsTest {
    private static final String OURS = "\"iss\":\"https://issuer\",\"aud\":\"switchboard\"";

    private final Desk desk = Desk.withSecret();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"exp\"",
                "{}",
                "{\"sub\":\"u\"}",
                "{\"exp\":null}",
                "{\"exp\":\"1800000060\"}",
                "{\"exp\":1e308}",
                "{\"exp\":1e999999999}",
                "{\"exp\":99999999999999999999}",
                "{\"exp\":253402300800}",
                "{\"exp\":-1}",
                "{\"exp\":true}",
                "{\"exp\":[1800000060]}",
                "{\"exp\":{}}",
                "{\"exp\":NaN}",
                "{\"exp\":Infinity}",
                "{\"exp\":1800000060,\"exp\":1800000060}",
                "{\"exp\":1,\"e\\u0078p\":1800000060}",
                "{\"exp\":1800000060} {}",
                "{\"exp\":1800000060}x",
                "{\"exp\":1800000060,}",
                "{\"exp\":01800000060}",
                "\uFEFF{\"exp\":1800000060}"
            })
    void theExpiryMustBeThereOnceAndBeATime(String claims) {
        desk.assertInvalid(Desk.token(claims));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sub\":\"a\",\"sub\":\"b\"",
                "\"x\":1,\"x\":1",
                "\"sub\":7",
                "\"sub\":[\"u\"]",
                "\"sub\":{}",
                "\"sub\":\"a\\u0000b\"",
                "\"sub\":\"a\\nb\"",
                "\"sub\":\"\\ud800\"",
                "\"roles\":7",
                "\"roles\":{}",
                "\"roles\":[1]",
                "\"roles\":[null]",
                "\"roles\":[[\"a\"]]",
                "\"aud\":7",
                "\"aud\":[\"switchboard\",7]",
                "\"nbf\":\"0\"",
                "\"nbf\":1e308",
                "\"iat\":\"0\"",
                "\"iat\":1800000011",
                "\"expire_at\":\"0\"",
                "\"expire_at\":-1",
                "\"channel\":\"a\"",
                "\"channel\":\"\"",
                "\"channel\":7",
                "\"channels\":\"a\"",
                "\"channels\":[7]",
                "\"channels\":[null]",
                "\"channels\":[\"\"]",
                "\"channels\":[\"a b\"]",
                "\"channels\":[\"a*\"]",
                "\"channels\":[\"a\",]",
                "\"subs\":[\"a\"]",
                "\"subs\":{\"a b\":{}}",
                "\"subs\":{\"\":{}}",
                "\"subs\":{\"a\":{},\"a\":{}}",
                "\"subs\":{\"a\":1}",
                "\"subs\":{\"a\":{\"info\":1,\"info\":1}}",
                "\"subs\":{\"a\":{\"b64data\":\"!\"}}",
                "\"b64info\":7",
                "\"b64info\":\"*\"",
                "\"b64info\":\"e30x\"",
                "\"b64info\":\"ew==\"",
                "\"b64info\":\"MSAy\"",
                "\"b64info\":\"Iv8i\"",
                "\"b64info\":\"IA==\""
            })
    void aClaimThatIsNotWhatItMustBeIsInvalid(String claims) {
        desk.assertInvalid(Desk.token(Desk.claims(claims)));
    }

    @Test
    void aTooDeepOrTooLongOneIsInvalid() {
        desk.assertInvalid(Desk.token(Desk.claims("\"meta\":" + "[".repeat(2000) + "]".repeat(2000))));
        desk.assertInvalid(Desk.token(Desk.claims("\"sub\":\"" + "u".repeat(256) + "\"")));
        desk.assertInvalid(Desk.token(Desk.claims("\"meta\":" + "1".repeat(5000))));
        assertThat(Desk.good(desk.tokens().connection(Desk.token(Desk.claims("\"sub\":\"" + "u".repeat(255) + "\""))))
                        .user())
                .hasSize(255);
    }

    @Test
    void aTokenEndsAtItsSecond() {
        assertThat(Desk.good(desk.tokens().connection(Desk.token("{\"exp\":" + (Desk.NOW + 1) + ".0}")))
                        .expiresAt())
                .hasValue(Desk.NOW + 1);
        desk.assertExpired(Desk.token("{\"exp\":" + Desk.NOW + "}"));
        desk.assertExpired(Desk.token("{\"exp\":" + (Desk.NOW - 1) + "}"));
        desk.assertExpired(Desk.token("{\"exp\":" + Desk.NOW + ".9}"));
        desk.assertExpired(Desk.token("{\"exp\":0}"));
        desk.assertExpired(Desk.token("{\"exp\":" + (Desk.NOW - 1) + ",\"expire_at\":0}"));
        desk.assertInvalid(Desk.token("{\"channel\":\"a\",\"exp\":" + (Desk.NOW - 1) + "}"));
    }

    @Test
    void aTokenMayBeAheadByTheSkewAndNoMore() {
        assertThat(Desk.good(desk.tokens().connection(startsIn(10))).issuedAt()).hasValue(Desk.NOW + 10);
        desk.assertExpired(Desk.token(Desk.claims("\"nbf\":" + (Desk.NOW + 11))));
        desk.assertInvalid(Desk.token(Desk.claims("\"iat\":" + (Desk.NOW + 11))));

        Desk minute = new Desk(settings(Optional.empty(), Optional.empty(), Duration.ofSeconds(60)));
        assertThat(Desk.good(minute.tokens().connection(startsIn(60))).user()).isEmpty();
        minute.assertExpired(Desk.token(Desk.claims("\"nbf\":" + (Desk.NOW + 61))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"iss\":\"https://issuer\",\"aud\":\"switchboard\"",
                "\"iss\":\"https://issuer\",\"aud\":[\"switchboard\"]",
                "\"iss\":\"https://issuer\",\"aud\":[\"other\",\"switchboard\"]"
            })
    void issuerAndAudienceAreOurs(String claims) {
        assertThat(Desk.good(strict().tokens().connection(Desk.token(Desk.claims(claims))))
                        .user())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "\"aud\":\"switchboard\"",
                "\"iss\":null,\"aud\":\"switchboard\"",
                "\"iss\":\"https://issuer/\",\"aud\":\"switchboard\"",
                "\"iss\":\"HTTPS://issuer\",\"aud\":\"switchboard\"",
                "\"iss\":\"https://issuer.evil\",\"aud\":\"switchboard\"",
                "\"iss\":[\"https://issuer\"],\"aud\":\"switchboard\"",
                "\"iss\":\"https://issuer\"",
                "\"iss\":\"https://issuer\",\"aud\":null",
                "\"iss\":\"https://issuer\",\"aud\":\"\"",
                "\"iss\":\"https://issuer\",\"aud\":\"Switchboard\"",
                "\"iss\":\"https://issuer\",\"aud\":\"switchboard2\"",
                "\"iss\":\"https://issuer\",\"aud\":\"other switchboard\"",
                "\"iss\":\"https://issuer\",\"aud\":[]",
                "\"iss\":\"https://issuer\",\"aud\":[\"other\"]",
                "\"iss\":\"https://issuer\",\"aud\":[\"switchboard\",1]",
                "\"iss\":\"https://issuer\",\"aud\":[\"switchboard\",null]",
                "\"iss\":\"https://issuer\",\"aud\":[[\"switchboard\"]]",
                "\"iss\":\"https://issuer\",\"aud\":{\"switchboard\":1}"
            })
    void whatIsForOthersOrFromOthersIsInvalid(String claims) {
        strict().assertInvalid(Desk.token(Desk.claims(claims)));
    }

    @Test
    void whoeverIsNotAskedForIsNotLookedAt() {
        assertThat(Desk.good(desk.tokens().connection(Desk.token(Desk.claims(OURS))))
                        .user())
                .isEmpty();
    }

    private static String startsIn(long seconds) {
        return Desk.token(Desk.claims("\"iat\":" + (Desk.NOW + seconds) + ",\"nbf\":" + (Desk.NOW + seconds)));
    }

    private static Desk strict() {
        return new Desk(settings(Optional.of("https://issuer"), Optional.of("switchboard"), TokenSettings.SKEW));
    }

    private static TokenSettings settings(Optional<String> issuer, Optional<String> audience, Duration skew) {
        return new TokenSettings(
                List.of(TrustedKey.secret(Keys.SECRET, Set.of())),
                Optional.empty(),
                issuer,
                audience,
                TokenSettings.USER_CLAIM,
                TokenSettings.ROLES_CLAIM,
                skew);
    }
}
