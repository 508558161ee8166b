package io.switchboard.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The corpus of tokens that attackers make, against a desk that has keys of every kind. */
class JoseBadTokenTest {
    private static final String CLAIMS = Desk.claims("\"sub\":\"u\"");
    private static final String GOOD = Desk.token(CLAIMS);

    private final Desk desk = Desk.withAllKeys();

    @Test
    void theCorpusIsMadeFromATokenThatIsGood() {
        assertThat(Desk.good(desk.tokens().connection(GOOD)).user()).isEqualTo("u");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none", "None", "NONE", "hs256", "Hs256", "HS256 ", "HS1", "rs256", "eddsa", "Ed25519", "ES256K", "dir",
                "A128KW", ""
            })
    void noOtherAlgorithmIsKnown(String name) {
        String header = "{\"alg\":\"" + name + "\"}";

        desk.assertInvalid(Maker.signed(header, CLAIMS));
        desk.assertInvalid(Maker.base64(header) + "." + Maker.base64(CLAIMS) + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"typ\":\"JWT\"}",
                "{\"alg\":null}",
                "{\"alg\":[\"HS256\"]}",
                "{\"alg\":256}",
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"\\u0061lg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"HS256\",\"crit\":[]}",
                "{\"alg\":\"HS256\",\"crit\":null}",
                "{\"alg\":\"HS256\",\"b64\":false}",
                "{\"alg\":\"HS256\",\"zip\":\"DEF\"}",
                "{\"alg\":\"HS256\",\"enc\":\"A128GCM\"}",
                "{\"alg\":\"HS256\",\"typ\":\"JOSE\"}",
                "{\"alg\":\"HS256\",\"typ\":\"dpop+jwt\"}",
                "{\"alg\":\"HS256\",\"typ\":1}",
                "{\"alg\":\"HS256\",\"kid\":\"\"}",
                "{\"alg\":\"HS256\",\"kid\":1}",
                "{\"alg\":\"HS256\"} x",
                "{\"alg\":\"HS256\"",
                "[{\"alg\":\"HS256\"}]",
                "\uFEFF{\"alg\":\"HS256\"}",
                "null",
                ""
            })
    void aHeaderThatIsNotUnderstoodIsNotBelieved(String header) {
        desk.assertInvalid(Maker.signed(header, CLAIMS));
    }

    @Test
    void aKidIsShort() {
        assertThat(Desk.good(desk.tokens().connection(withKid("k".repeat(128)))).user())
                .isEqualTo("u");
        desk.assertInvalid(withKid("k".repeat(129)));
        desk.assertInvalid(withKid("k".repeat(4000)));
    }

    @Test
    void thePublicKeyIsNoSecret() {
        byte[] encoded = Keys.RSA.getPublic().getEncoded();
        String pem = Keys.pem(Keys.RSA.getPublic());
        for (byte[] secret : List.of(
                encoded,
                pem.getBytes(StandardCharsets.UTF_8),
                pem.strip().getBytes(StandardCharsets.UTF_8),
                Keys.P256.getPublic().getEncoded())) {
            String text = Maker.base64("{\"alg\":\"HS256\"}") + "." + Maker.base64(CLAIMS);
            desk.assertInvalid(text + "." + Maker.base64(Maker.hmac(text, secret)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512"})
    void signaturesOfZerosAreRefused(String name) {
        String text = Maker.base64("{\"alg\":\"" + name + "\"}") + "." + Maker.base64(CLAIMS);

        desk.assertInvalid(text + "." + Maker.base64(new byte[64]));
        desk.assertInvalid(text + "." + Maker.base64(new byte[96]));
        desk.assertInvalid(text + "." + Maker.base64(new byte[132]));
        desk.assertInvalid(text + "." + Maker.base64(new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}));
    }

    static Stream<String> keysInTheHeader() throws JoseException {
        PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(Keys.RSA_OF_ATTACKER.getPublic());
        jwk.setKeyId("attacker");
        return Stream.of(
                "\"jwk\":" + jwk.toJson(),
                "\"jku\":\"http://127.0.0.1:1/keys\"",
                "\"jku\":\"file:///etc/passwd\",\"kid\":\"attacker\"",
                "\"x5u\":\"http://127.0.0.1:1/cert\"",
                "\"x5c\":[\"" + Maker.base64(Keys.RSA_OF_ATTACKER.getPublic().getEncoded()) + "\"]",
                "\"x5t\":\"AAAA\",\"x5t#S256\":\"AAAA\"",
                "\"kid\":\"../../../../dev/null\"",
                "\"kid\":\"' UNION SELECT 'secret' --\"",
                "\"kid\":\"http://127.0.0.1:1/\"",
                "\"kid\":\"\\u0000\"");
    }

    @ParameterizedTest
    @MethodSource("keysInTheHeader")
    void whatAHeaderSaysOfKeysMeansNothing(String members) {
        String header = "{\"alg\":\"RS256\"," + members + "}";

        desk.assertInvalid(Maker.signed(header, CLAIMS, Algorithm.RS256, Keys.RSA_OF_ATTACKER));
        String ours = Maker.signed(header, CLAIMS, Algorithm.RS256, Keys.RSA);
        assertThat(Desk.good(desk.tokens().connection(ours)).user()).isEqualTo("u");
    }

    static Stream<String> otherForms() {
        String[] p = GOOD.split("\\.");
        return Stream.of(
                "",
                ".",
                "..",
                "...",
                "garbage",
                p[0],
                p[0] + "." + p[1],
                p[0] + "." + p[1] + ".",
                p[0] + ".." + p[2],
                "." + p[1] + "." + p[2],
                GOOD + ".",
                GOOD + "." + p[2],
                GOOD + "=",
                GOOD + "A",
                GOOD + " ",
                " " + GOOD,
                GOOD + "\n",
                GOOD.replace(".", ".\r\n"),
                GOOD.substring(0, GOOD.length() - 1),
                p[0] + "=." + p[1] + "." + p[2],
                p[0] + "." + p[1] + "==." + p[2],
                p[0] + "." + p[1] + "." + p[2].substring(0, 20) + "*" + p[2].substring(20),
                p[0] + "." + p[1] + "." + "ä".repeat(43),
                p[0] + "." + p[1] + "." + leftOver(p[2]),
                "Bearer " + GOOD,
                "{\"payload\":\"" + p[1] + "\",\"protected\":\"" + p[0] + "\",\"signature\":\"" + p[2] + "\"}",
                Maker.base64("{\"alg\":\"HS256\"}") + "." + p[1] + "." + p[2],
                p[0] + "." + Maker.base64(Desk.claims("\"sub\":\"root\"")) + "." + p[2],
                "A".repeat(8193),
                "a.b.c".repeat(2000),
                GOOD + "A".repeat(1 << 20),
                ".".repeat(1 << 20));
    }

    @ParameterizedTest
    @MethodSource("otherForms")
    void onlyTheCompactFormIsRead(String token) {
        desk.assertInvalid(token);
    }

    /** The same bytes in another spelling: the last character of a signature has bits that mean nothing. */
    private static String leftOver(String signature) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(signature.charAt(signature.length() - 1));
        return signature.substring(0, signature.length() - 1) + alphabet.charAt(last ^ 1);
    }

    @Test
    void sizeIsCheckedBeforeAnything() {
        String good = Desk.token(Desk.claims("\"meta\":\"" + "x".repeat(6000) + "\""));
        String tooLong = Desk.token(Desk.claims("\"meta\":\"" + "x".repeat(6200) + "\""));

        assertThat(good).hasSizeLessThanOrEqualTo(8192);
        assertThat(Desk.good(desk.tokens().connection(good)).meta()).isPresent();
        assertThat(desk.refusal(tooLong)).hasMessage("longer than 8 KiB");
    }

    @Test
    void encryptedTokensAreRefused() throws JoseException {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.RSA_OAEP_256);
        jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_128_GCM);
        jwe.setHeader("zip", "DEF");
        jwe.setKey(Keys.RSA.getPublic());
        jwe.setPayload(CLAIMS);

        assertThat(desk.refusal(jwe.getCompactSerialization())).hasMessage("encrypted");
    }

    @Test
    void everyOtherBitOfATokenMatters() {
        for (Map.Entry<Algorithm, KeyPair> signer : Map.of(
                        Algorithm.RS256, Keys.RSA, Algorithm.ES256, Keys.P256, Algorithm.EDDSA, Keys.ED25519)
                .entrySet()) {
            String token = Maker.JDK.token(signer.getKey(), CLAIMS);
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < token.length(); i += 7) {
                places.add(i);
            }
            for (int at : places) {
                char other = token.charAt(at) == 'A' ? 'B' : 'A';
                desk.assertInvalid(token.substring(0, at) + other + token.substring(at + 1));
            }
        }
    }

    @Test
    void aKeyOfAnotherCurveIsOfNoUse() {
        Desk curve =
                new Desk(TokenSettings.of(TrustedKey.pem(Keys.pem(Keys.P384.getPublic()), Set.of()), Optional.empty()));

        curve.assertInvalid(Maker.JDK.token(Algorithm.ES256, CLAIMS));
        curve.assertInvalid(Maker.signed("{\"alg\":\"ES256\"}", CLAIMS, Algorithm.ES256, Keys.P384));
    }

    private static String withKid(String kid) {
        return Maker.signed("{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}", CLAIMS);
    }
}
