package io.switchboard.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.access.ConnectionToken;
import io.switchboard.access.ServerSubscription;
import io.switchboard.access.SubscriptionToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Good tokens are believed, whoever made them, and say what they say. */
class JoseTokensTest {
    private final Desk desk = Desk.withAllKeys();

    static Stream<Arguments> makers() {
        return Stream.of(Maker.values())
                .flatMap(maker -> Stream.of(Algorithm.values())
                        // Nimbus signs with Ed25519 only by a library that we have not
                        .filter(algorithm -> maker != Maker.NIMBUS || algorithm != Algorithm.EDDSA)
                        .filter(algorithm -> maker != Maker.JDK
                                || (!algorithm.id().startsWith("HS")
                                        && !algorithm.id().matches("PS384|PS512")))
                        .map(algorithm -> Arguments.of(maker, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("makers")
    void everyAlgorithmIsBelievedWithItsKey(Maker maker, Algorithm algorithm) {
        String token = maker.token(
                algorithm,
                Desk.claims("\"sub\":\"ännchen\",\"roles\":[\"admin\",\"staff\"],\"iat\":" + (Desk.NOW - 5)
                        + ",\"info\":{\"name\": \"Ä\", \"a\":1},\"meta\":{\"z\":1,\"b\":2},\"channels\":[\"news\"]"));

        ConnectionToken read = Desk.good(desk.tokens().connection(token));

        assertThat(read.user()).isEqualTo("ännchen");
        assertThat(read.roles()).containsExactlyInAnyOrder("admin", "staff");
        assertThat(read.issuedAt()).hasValue(Desk.NOW - 5);
        assertThat(read.expiresAt()).hasValue(Desk.NOW + 60);
        assertThat(read.info()).contains("{\"name\": \"Ä\", \"a\":1}");
        assertThat(read.meta()).contains("{\"z\":1,\"b\":2}");
        assertThat(read.subscriptions()).isEqualTo(Map.of("news", ServerSubscription.PLAIN));
    }

    @ParameterizedTest
    @MethodSource("makers")
    void noOtherKeyOfTheSameKindIsBelieved(Maker maker, Algorithm algorithm) {
        TrustedKey other = algorithm.isSymmetric()
                ? TrustedKey.secret("another secret, long enough".repeat(4), Set.of(algorithm))
                : TrustedKey.pem(
                                Keys.pem(
                                        switch (algorithm) {
                                            case ES256 -> Keys.ec("secp256r1").getPublic();
                                            case ES384 -> Keys.ec("secp384r1").getPublic();
                                            case ES512 -> Keys.ec("secp521r1").getPublic();
                                            case EDDSA -> Keys.pair("Ed25519").getPublic();
                                            default -> Keys.RSA_OF_ATTACKER.getPublic();
                                        }),
                                Set.of(algorithm))
                        .get(0);

        new Desk(TokenSettings.of(List.of(other), Optional.empty()))
                .assertInvalid(maker.token(algorithm, Desk.claims("\"sub\":\"u\"")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"HS384", "RS384", "PS256"})
    void aKeyIsUsedOnlyWithTheAlgorithmsThatItWasGivenFor(Algorithm algorithm) {
        Desk usual = new Desk(TokenSettings.of(
                Stream.concat(
                                Stream.of(TrustedKey.secret(Keys.SECRET, Set.of())),
                                TrustedKey.pem(Keys.pem(Keys.RSA.getPublic()), Set.of()).stream())
                        .toList(),
                Optional.empty()));

        usual.assertInvalid(Maker.JOSE4J.token(algorithm, Desk.claims("\"sub\":\"u\"")));
    }

    @Test
    void whoIsNotNamedIsAnonymous() {
        ConnectionToken read = connection("");

        assertThat(read.user()).isEmpty();
        assertThat(read.roles()).isEmpty();
        assertThat(read.info()).isEmpty();
        assertThat(read.meta()).isEmpty();
        assertThat(read.issuedAt()).isEmpty();
        assertThat(read.subscriptions()).isEmpty();
    }

    @Test
    void nullCountsAsAbsent() {
        ConnectionToken read = connection("\"sub\":null,\"roles\":null,\"info\":null,\"b64info\":null,\"meta\":null,"
                + "\"channel\":null,\"channels\":null,\"subs\":null,\"nbf\":null,\"iat\":null,\"expire_at\":null");

        assertThat(read.info()).isEmpty();
        assertThat(read.meta()).isEmpty();
        assertThat(read.expiresAt()).hasValue(Desk.NOW + 60);
    }

    @Test
    void theClaimsOfUserAndRolesCanBeOthers() {
        TokenSettings settings = new TokenSettings(
                Desk.allKeys(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "preferred_username",
                "https://example.org/role",
                TokenSettings.SKEW);
        String token = Desk.token(
                Desk.claims("\"sub\":\"u\",\"preferred_username\":\"ann\",\"https://example.org/role\":\"a b\""));

        ConnectionToken read = Desk.good(new Desk(settings).tokens().connection(token));

        assertThat(read.user()).isEqualTo("ann");
        assertThat(read.roles()).containsExactly("a b");
    }

    @Test
    void base64HasPriority() {
        assertThat(connection("\"info\":1,\"b64info\":\"eyJhIjoyfQ==\"").info()).contains("{\"a\":2}");
        assertThat(connection("\"info\":1,\"b64info\":\"\"").info()).contains("1");
        assertThat(connection("\"info\":1,\"b64info\":\"bnVsbA==\"").info()).isEmpty();
    }

    @Test
    void expireAtReplacesTheEndOfTheConnection() {
        assertThat(connection("\"expire_at\":" + (Desk.NOW + 600)).expiresAt()).hasValue(Desk.NOW + 600);
        assertThat(connection("\"expire_at\":0").expiresAt()).isEmpty();
        assertThat(connection("\"expire_at\":7.9").expiresAt()).hasValue(7);
    }

    @Test
    void subsCarryInfoAndDataAndReplaceChannels() {
        ConnectionToken read = connection("\"channels\":[\"x\"],\"subs\":{\"a:1\":{\"info\":{},\"b64data\":\"WzFd\","
                + "\"override\":{\"presence\":{\"value\":true}}},\"b\":null,\"c\":{}}");

        assertThat(read.subscriptions())
                .isEqualTo(Map.of(
                        "a:1",
                        new ServerSubscription(Optional.of("{}"), Optional.of("[1]")),
                        "b",
                        ServerSubscription.PLAIN,
                        "c",
                        ServerSubscription.PLAIN));
    }

    @Test
    void a128SubscriptionsAreAllowed() {
        assertThat(connection("\"channels\":[" + channels(128) + "]").subscriptions())
                .hasSize(128);
        desk.assertInvalid(Desk.token(Desk.claims("\"channels\":[" + channels(129) + "]")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "data"})
    void payloadsHaveAtMost1024Bytes(String name) {
        String fits = "\"" + "ä".repeat(511) + "\"";
        String tooLong = "\"" + "ä".repeat(511) + "a\"";

        assertThat(connection("\"subs\":{\"c\":{\"" + name + "\":" + fits + "}}")
                        .subscriptions())
                .hasSize(1);
        desk.assertInvalid(Desk.token(Desk.claims("\"subs\":{\"c\":{\"" + name + "\":" + tooLong + "}}")));
        assertThat(connection("\"info\":" + fits).info()).contains(fits);
        desk.assertInvalid(Desk.token(Desk.claims("\"info\":" + tooLong)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT"})
    void bothTypesOfTokensAreTaken(String type) {
        String token = Maker.signed("{\"typ\":\"" + type + "\",\"alg\":\"HS256\",\"kid\":\"any\"}", Desk.claims(""));

        assertThat(Desk.good(desk.tokens().connection(token)).user()).isEmpty();
    }

    @Test
    void subscriptionTokensOpenOneChannel() {
        SubscriptionToken full = subscription("\"sub\":\"u\",\"channel\":\"$a\",\"client\":\"c\",\"info\":{\"i\":1},"
                + "\"b64data\":\"eyJkIjoxfQ\",\"expire_at\":0");
        SubscriptionToken least = subscription("\"channel\":\"a\",\"client\":\"\"");

        assertThat(full.user()).isEqualTo("u");
        assertThat(full.channel()).isEqualTo("$a");
        assertThat(full.client()).contains("c");
        assertThat(full.info()).contains("{\"i\":1}");
        assertThat(full.data()).contains("{\"d\":1}");
        assertThat(full.expiresAt()).isEmpty();
        assertThat(least)
                .isEqualTo(new SubscriptionToken(
                        "", "a", Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.of(Desk.NOW + 60)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"channel\":\"\"", "\"channel\":7", "\"channel\":\"a*\"", "\"channel\":\"a\",\"client\":7"})
    void aSubscriptionTokenWithoutItsChannelIsInvalid(String claims) {
        assertThatThrownBy(() -> subscription(claims)).hasMessageNotContaining("a*");
    }

    private ConnectionToken connection(String claims) {
        return Desk.good(desk.tokens().connection(Desk.token(Desk.claims(claims))));
    }

    private SubscriptionToken subscription(String claims) {
        return Desk.good(desk.tokens().subscription(Desk.token(Desk.claims(claims))));
    }

    private static String channels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"c" + i + "\"").collect(Collectors.joining(","));
    }
}
