package io.switchboard.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.SignatureException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weak keys, open addresses and a broken Java are refused before the first token comes. */
class JoseSettingsTest {
    @ParameterizedTest
    @CsvSource({"HS256,31", "HS256,0", "HS384,47", "HS512,63", "RS256,64", "ES256,64", "EDDSA,64"})
    void aSecretIsAsLongAsItsAlgorithmNeeds(Algorithm algorithm, int length) {
        String secret = Keys.SECRET.substring(0, length);

        assertThatThrownBy(() -> TrustedKey.secret(secret, Set.of(algorithm)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .matches(text -> length == 0 || !text.contains(secret.substring(0, 8)));
    }

    @Test
    void aKeyDoesNotShowItself() {
        TrustedKey key = TrustedKey.secret(Keys.SECRET, Set.of());

        assertThat(key).hasToString("key for HS256");
        assertThat(TokenSettings.of(List.of(key), Optional.empty()).toString()).doesNotContain("0123456789abcdef");
        assertThat(TrustedKey.secret("ä".repeat(16), Set.of())).hasToString("key for HS256");
    }

    @Test
    void publicKeysAreReadFromPem() {
        String all = Keys.pem(Keys.RSA.getPublic()) + "\n" + Keys.pem(Keys.P521.getPublic())
                + Keys.pem(Keys.ED25519.getPublic());

        assertThat(TrustedKey.pem(all, Set.of()))
                .map(TrustedKey::toString)
                .containsExactly("key for RS256", "key for ES512", "key for EdDSA");
        assertThat(TrustedKey.pem(all.replace("\n", "\\n"), Set.of())).hasSize(3);
        assertThat(TrustedKey.pem(
                        Keys.pem(Keys.RSA.getPublic()) + Keys.pem(Keys.P256.getPublic()),
                        EnumSet.of(Algorithm.PS256, Algorithm.RS512, Algorithm.ES256)))
                .map(TrustedKey::toString)
                .containsExactly("key for RS512, PS256", "key for ES256");
    }

    @Test
    void pemOfAnythingElseIsRefused() {
        String rsa = Keys.pem(Keys.RSA.getPublic());
        String privately = rsa.replace("PUBLIC", "PRIVATE");

        assertRefused(() -> TrustedKey.pem(privately, Set.of()), "private");
        assertRefused(() -> TrustedKey.pem("", Set.of()), "BEGIN PUBLIC KEY");
        assertRefused(() -> TrustedKey.pem(rsa + "x", Set.of()), "nothing else");
        assertRefused(() -> TrustedKey.pem("x" + rsa, Set.of()), "nothing else");
        assertRefused(() -> TrustedKey.pem(rsa.replace("PUBLIC", "RSA PUBLIC"), Set.of()), "BEGIN PUBLIC KEY");
        assertRefused(() -> TrustedKey.pem(rsa.substring(0, rsa.length() - 20), Set.of()), "nothing else");
        assertRefused(
                () -> TrustedKey.pem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", Set.of()),
                "RSA, EC or Ed25519");
        assertRefused(() -> TrustedKey.pem(Keys.pem(Keys.rsa(1024).getPublic()), Set.of()), "2048");
        assertRefused(() -> TrustedKey.pem(Keys.pem(Keys.pair("Ed448").getPublic()), Set.of()), "Ed25519");
        assertRefused(() -> TrustedKey.pem(rsa, Set.of(Algorithm.ES256)), "ES256 needs");
        assertRefused(() -> TrustedKey.pem(rsa, Set.of(Algorithm.HS256)), "HS256 needs");
        assertRefused(() -> TrustedKey.pem(rsa, EnumSet.of(Algorithm.RS256, Algorithm.HS256)), "HS256 needs");
        assertRefused(
                () -> TrustedKey.pem(rsa + Keys.pem(Keys.P256.getPublic()), Set.of(Algorithm.RS256)), "none of its");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example/keys",
                "HTTPS://issuer.example:8443/keys?a=b",
                "http://127.0.0.1:8080/keys",
                "http://[::1]/keys",
                "http://localhost/keys"
            })
    void keysAreFetchedFromSafeAddresses(String url) {
        assertThat(source(url).algorithms()).hasSize(7).noneMatch(Algorithm::isSymmetric);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example/keys",
                "http://127.0.0.1.evil.example/keys",
                "http://localhost.evil.example/keys",
                "http://10.0.0.1/keys",
                "https://user@issuer.example/keys",
                "https://user:word@issuer.example/keys",
                "http://127.0.0.1@evil.example/keys",
                "https:///keys",
                "https://issuer.example/keys#a",
                "file:///etc/keys",
                "ftp://issuer.example/keys",
                "issuer.example/keys",
                "//issuer.example/keys",
                ""
            })
    void keysAreNotFetchedFromAnywhereElse(String url) {
        assertThatThrownBy(() -> source(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void publishedKeysAreNoSecrets() {
        URI url = URI.create("https://issuer.example/keys");

        assertRefused(() -> new JwksSource(url, Set.of(Algorithm.HS256), JwksSource.USUAL_AGE), "no secret");
        assertRefused(() -> new JwksSource(url, Set.of(), Duration.ofSeconds(29)), "30 s");
        assertRefused(() -> new JwksSource(url, Set.of(), Duration.ofDays(2)), "1 d");
    }

    @Test
    void settingsThatWeakenTheCheckAreRefused() {
        assertRefused(() -> settings("", "a", "sub", 10), "issuer");
        assertRefused(() -> settings("i", " ", "sub", 10), "audience");
        assertRefused(() -> settings("i", "a", "", 10), "claim");
        assertRefused(() -> settings("i", "a", "sub", 61), "skew");
        assertRefused(() -> settings("i", "a", "sub", -1), "skew");
        assertThat(settings("i", "a", "sub", 60).hasKeys()).isFalse();
        assertRefused(
                () -> new JoseTokens(settings("i", "a", "sub", 0), Clock.systemUTC(), System::nanoTime, (d, t) -> {}),
                "no key");
    }

    @Test
    void namesOfAlgorithmsAreExact() {
        assertThat(Algorithm.parse("EdDSA")).isEqualTo(Algorithm.EDDSA);
        assertRefused(() -> Algorithm.parse("eddsa"), "HS256, HS384");
        assertRefused(() -> Algorithm.parse("none"), "HS256, HS384");
    }

    @Test
    void aJavaThatTakesZeroSignaturesDoesNotStart() {
        ZeroSignature.demandRefusal();
        ZeroSignature.demandRefusal((algorithm, key, signature) -> false);

        assertThatThrownBy(() -> ZeroSignature.demandRefusal((algorithm, key, signature) -> signature.length == 64))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CVE-2022-21449");
        assertThatThrownBy(() -> ZeroSignature.demandRefusal((algorithm, key, signature) -> signature.length == 8))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ZeroSignature.demandRefusal((algorithm, key, signature) -> {
                    throw new SignatureException();
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    private static JwksSource source(String url) {
        return new JwksSource(URI.create(url), Set.of(), JwksSource.USUAL_AGE);
    }

    private static TokenSettings settings(String issuer, String audience, String user, int skew) {
        return new TokenSettings(
                List.of(),
                Optional.empty(),
                Optional.of(issuer),
                Optional.of(audience),
                user,
                "roles",
                Duration.ofSeconds(skew));
    }

    private static void assertRefused(ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }
}
