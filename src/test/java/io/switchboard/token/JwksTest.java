package io.switchboard.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.access.ConnectionToken;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys come from the configured address alone, rarely, and outlive the issuer's absence. */
class JwksTest {
    private static final String OLD = Issuer.jwk(Keys.RSA.getPublic(), "\"kid\":\"old\",\"use\":\"sig\"");
    private static final String NEW = Issuer.jwk(Keys.RSA_OF_ATTACKER.getPublic(), "\"kid\":\"new\",\"alg\":\"RS256\"");
    private static final String BY_OLD = signed("old", Keys.RSA);
    private static final String BY_NEW = signed("new", Keys.RSA_OF_ATTACKER);

    private Issuer issuer;
    private Desk desk;

    @BeforeEach
    void publishTheOldKey() throws IOException {
        issuer = new Issuer();
        issuer.publish(OLD);
        desk = new Desk(TokenSettings.of(List.of(), Optional.of(issuer.source())));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void keysAreFetchedOnceAndKept() {
        assertThat(issuer.requests).hasValue(0);

        for (int i = 0; i < 5; i++) {
            assertGood(BY_OLD);
            desk.nanos.advance(Duration.ofMinutes(1));
        }

        assertThat(issuer.requests).hasValue(1);
    }

    @Test
    void aNewKeyIsFoundWhenATokenNamesIt() {
        assertGood(BY_OLD);
        issuer.publish(OLD, NEW);
        desk.nanos.advance(Duration.ofSeconds(30));

        assertGood(BY_NEW);
        assertGood(BY_OLD);

        assertThat(issuer.requests).hasValue(2);
    }

    @Test
    void unknownIdsCauseOneRequestIn30Seconds() {
        assertGood(BY_OLD);
        desk.nanos.advance(Duration.ofSeconds(30));
        for (int i = 0; i < 50; i++) {
            desk.assertInvalid(signed("../" + i, Keys.RSA));
        }
        assertThat(issuer.requests).hasValue(2);

        desk.nanos.advance(Duration.ofSeconds(30).minusNanos(1));
        desk.assertInvalid(signed("unknown", Keys.RSA));
        assertThat(issuer.requests).hasValue(2);

        desk.nanos.advance(Duration.ofNanos(1));
        desk.assertInvalid(signed("unknown", Keys.RSA));
        assertThat(issuer.requests).hasValue(3);
    }

    @Test
    void oldKeysServeWhileTheyAreRefreshed() {
        assertGood(BY_OLD);
        CountDownLatch gate = issuer.shutGate(false);
        issuer.publish(NEW);
        desk.nanos.advance(Duration.ofMinutes(10));

        assertGood(BY_OLD);
        assertGood(BY_OLD);
        CompletionStage<ConnectionToken> byNew = desk.tokens().connection(BY_NEW);
        gate.countDown();
        assertThat(Desk.good(byNew).user()).isEqualTo("u");

        desk.assertInvalid(BY_OLD);
        assertThat(issuer.requests).hasValue(2);
    }

    @Test
    void oldKeysServeWhileTheIssuerIsAway() {
        assertGood(BY_OLD);
        issuer.close();

        for (int i = 0; i < 3; i++) {
            desk.nanos.advance(Duration.ofHours(1));
            assertGood(BY_OLD);
        }
        assertNotFoundOut(BY_NEW);
        assertGood(BY_OLD);
    }

    @Test
    void anIssuerWhoWasAwayIsAskedAgain() {
        issuer.answerWith(503, "");
        assertNotFoundOut(BY_OLD);
        issuer.publish(OLD);
        assertNotFoundOut(BY_OLD);
        assertThat(issuer.requests).hasValue(1);

        desk.nanos.advance(Duration.ofSeconds(5));
        assertGood(BY_OLD);
        assertThat(issuer.requests).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) {
        issuer.publish(OLD);
        issuer.answerWith(status, "{\"keys\":[" + OLD + "]}");

        assertNotFoundOut(BY_OLD);

        assertThat(issuer.strayRequests).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"65536,true", "65537,false", "66560,false", "5000000,false"})
    void only64KiBAreRead(int size, boolean taken) {
        String start = "{\"keys\":[" + OLD + "]";
        issuer.answerWith(200, start + " ".repeat(size - start.length() - 1) + "}");

        if (taken) {
            assertGood(BY_OLD);
        } else {
            assertNotFoundOut(BY_OLD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[]} x", "{\"keys\":[],\"keys\":[]}", "<html>"})
    void whatIsNoKeySetIsNotTaken(String body) {
        issuer.answerWith(200, body);

        assertNotFoundOut(BY_OLD);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIssuerWhoTakesTooLongIsGivenUp(boolean headersFirst) throws InterruptedException {
        issuer.shutGate(headersFirst);

        CompletionStage<ConnectionToken> answer = desk.tokens().connection(BY_OLD);
        if (headersFirst) {
            issuer.begun.acquire();
        }
        assertThat(answer.toCompletableFuture()).isNotDone();
        desk.alarms.remove().run();

        assertThatThrownBy(() -> Desk.good(answer)).hasCauseInstanceOf(IOException.class);
        assertThat(desk.alarms).isEmpty();
    }

    @Test
    void manyWhoAskAtOnceShareOneRequest() {
        CountDownLatch gate = issuer.shutGate(false);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(20);

        List<CompletableFuture<ConnectionToken>> answers = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> awaited(start), threads)
                        .thenCompose(go -> desk.tokens().connection(i % 2 == 0 ? BY_OLD : signed("old", Keys.RSA))))
                .toList();
        start.countDown();
        gate.countDown();

        answers.forEach(answer -> assertThat(Desk.good(answer).user()).isEqualTo("u"));
        assertThat(issuer.requests).hasValue(1);
        threads.shutdown();
    }

    @Test
    void otherKeysInTheSetAreLeftOut() {
        String plain = Issuer.jwk(Keys.RSA.getPublic(), "");
        String start = plain.substring(0, plain.length() - 1);
        String octets = "{\"kty\":\"oct\",\"kid\":\"oct\",\"k\":\"" + Maker.base64(Keys.SECRET) + "\"}";
        issuer.publish(
                octets,
                "{\"kty\":\"XYZ\",\"kid\":\"xyz\"}",
                "{\"kty\":\"RSA\",\"kid\":\"broken\",\"n\":\"*\"}",
                "7",
                "{\"kid\":\"twice\",\"kid\":\"twice\"}",
                start + ",\"kid\":\"enc\",\"use\":\"enc\"}",
                start + ",\"kid\":\"ops\",\"key_ops\":[\"encrypt\"]}",
                start + ",\"kid\":\"alg\",\"alg\":\"RS512\"}",
                start + ",\"kid\":\"oaep\",\"alg\":\"RSA-OAEP\"}",
                start + ",\"kid\":\"" + "k".repeat(129) + "\"}",
                Issuer.jwk(Keys.rsa(1024).getPublic(), "\"kid\":\"weak\""),
                OLD);

        assertGood(BY_OLD);
        for (String kid :
                List.of("xyz", "broken", "twice", "enc", "ops", "alg", "oaep", "weak", "OLD", "k".repeat(129))) {
            desk.assertInvalid(signed(kid, Keys.RSA));
        }
        desk.assertInvalid(Maker.signed("{\"alg\":\"HS256\",\"kid\":\"oct\"}", Desk.claims("\"sub\":\"u\"")));
        desk.assertInvalid(Maker.signed(
                "{\"alg\":\"PS256\",\"kid\":\"old\"}", Desk.claims("\"sub\":\"u\""), Algorithm.PS256, Keys.RSA));
    }

    @Test
    void withoutIdOnlyTheOneKeyThatFitsIsTried() {
        String rsa = Maker.JDK.token(Algorithm.RS256, Desk.claims("\"sub\":\"u\""));
        String ec = Maker.JDK.token(Algorithm.ES384, Desk.claims("\"sub\":\"u\""));
        String ed = Maker.JDK.token(Algorithm.EDDSA, Desk.claims("\"sub\":\"u\""));
        String p384 = Issuer.jwk(Keys.P384.getPublic(), "\"kid\":\"p384\"");
        String okp = Issuer.jwk(Keys.ED25519.getPublic(), "\"kid\":\"ed\"");
        issuer.publish(OLD, p384, okp, Issuer.jwk(Keys.P256.getPublic(), ""));
        assertGood(rsa);
        assertGood(ec);
        assertGood(ed);

        issuer.publish(OLD, NEW, p384, okp);
        desk.nanos.advance(Duration.ofSeconds(30));
        assertGood(BY_NEW);

        desk.assertInvalid(rsa);
        assertGood(ec);
    }

    @Test
    void givenKeysNeedNoIssuer() {
        issuer.close();
        Desk both = new Desk(TokenSettings.of(Desk.allKeys(), Optional.of(issuer.source())));

        assertThat(Desk.good(both.tokens().connection(Desk.token(Desk.claims("\"sub\":\"u\""))))
                        .user())
                .isEqualTo("u");
        assertThat(Desk.good(both.tokens().connection(BY_OLD)).user()).isEqualTo("u");
    }

    private void assertGood(String token) {
        assertThat(Desk.good(desk.tokens().connection(token)).user()).isEqualTo("u");
    }

    private void assertNotFoundOut(String token) {
        assertThatThrownBy(() -> Desk.good(desk.tokens().connection(token))).hasCauseInstanceOf(IOException.class);
    }

    private static String signed(String kid, KeyPair pair) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}";
        return Maker.signed(header, Desk.claims("\"sub\":\"u\""), Algorithm.RS256, pair);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
