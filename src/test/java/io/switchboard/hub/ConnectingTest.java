package io.switchboard.hub;

import static io.switchboard.hub.TestExchange.open;
import static io.switchboard.hub.TestExchange.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.access.Caller;
import io.switchboard.access.Credential;
import io.switchboard.access.Identity;
import io.switchboard.access.ServerSubscription;
import io.switchboard.channel.OnLag;
import io.switchboard.message.Disconnect;
import io.switchboard.quota.QuotaLimits;
import io.switchboard.session.Limits;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in with which token, and what he is subscribed to at once. */
class ConnectingTest {
    private static final String SUBSCRIBE = "{\"id\":2,\"subscribe\":{\"channel\":\"chat:x\"}}";

    private final TestTokens tokens = new TestTokens();
    private final TestExchange exchange = exchange(QuotaLimits.NONE, true);

    @Test
    void aTokenSaysWhoItIs() {
        tokens.user("T", "ann", TestTokens.EVER, "staff");

        TestExchange.Client ann = exchange.connect("T");

        assertThat(ann.session.identity())
                .isEqualTo(new Identity("ann", Set.of("staff"), Optional.of("\"info\""), Optional.empty()));
        assertThat(exchange.sessions.byUser("ann")).containsExactly(ann.session);
        assertThat(exchange.sessions.byUser("")).isEmpty();
    }

    @Test
    void subscriptionsOfTheTokenAreInTheAnswerAndLive() {
        subscribed(
                "T",
                Map.of(
                        "chat:a",
                        new ServerSubscription(Optional.of("{\"seat\":1}"), Optional.of("{\"hello\":2}")),
                        "plain:$b",
                        ServerSubscription.PLAIN));
        exchange.publish("chat:a", 1, 1);
        TestExchange.Client ann = exchange.arrive(Identity.ANONYMOUS);

        assertThat(ann.ask(connect("T", "")).get(0))
                .startsWith("{\"id\":1,\"connect\":{\"client\":\"" + ann.session.id() + "\"")
                .contains("\"subs\":{\"chat:a\":{\"data\":{\"hello\":2},\"recoverable\":true,\"positioned\":true,"
                        + "\"epoch\":\"epoch1\",\"offset\":1},\"plain:$b\":{}}");
        exchange.publish("chat:a", 2, 3);
        exchange.publish("plain:$b", 4, 4);
        assertThat(ann.data()).containsExactly("2", "3", "4");
        assertThat(ann.ask("{\"id\":3,\"presence\":{\"channel\":\"chat:a\"}}").get(0))
                .contains("\"conn_info\":\"info\",\"chan_info\":{\"seat\":1}");
        assertThat(ann.ask("{\"id\":4,\"subscribe\":{\"channel\":\"chat:a\"}}").get(0))
                .contains("\"code\":105");
    }

    @Test
    void whoReturnsGetsWhatHeMissedThereToo() {
        subscribed("T", Map.of("chat:a", ServerSubscription.PLAIN, "chat:b", ServerSubscription.PLAIN));
        exchange.publish("chat:a", 1, 3);
        TestExchange.Client ann = exchange.arrive(Identity.ANONYMOUS);

        String answer = ann.ask(connect(
                        "T",
                        ",\"subs\":{\"chat:a\":{\"recover\":true,\"offset\":1,\"epoch\":\"epoch1\"},"
                                + "\"chat:b\":{\"recover\":true,\"offset\":9,\"epoch\":\"lost\"},"
                                + "\"chat:secret\":{\"recover\":true}}"))
                .get(0);

        assertThat(answer)
                .contains("\"offset\":1,\"was_recovering\":true,\"recovered\":true,"
                        + "\"publications\":[{\"data\":2,\"offset\":2},{\"data\":3,\"offset\":3}]")
                .contains("\"was_recovering\":true}")
                .doesNotContain("secret");
        exchange.publish("chat:a", 4, 4);
        assertThat(ann.data()).containsExactly("4");
        assertThat(ann.session.channels()).containsExactlyInAnyOrder("chat:a", "chat:b");
    }

    @Test
    void aSubscriptionThatCannotBeRefusesTheConnect() {
        subscribed("T", Map.of("chat:a", ServerSubscription.PLAIN, "nowhere:a", ServerSubscription.PLAIN));

        assertTurnedAway(exchange, "T", 102);
    }

    @Test
    void moreSubscriptionsThanASessionMayHaveEndIt() {
        subscribed("T", many(128));
        assertThat(exchange.connect("T").session.channels()).hasSize(128);
        subscribed("T", many(129));
        TestExchange.Client ann = exchange.arrive(Identity.ANONYMOUS);

        assertThat(ann.ask(connect("T", "") + "\n" + SUBSCRIBE)).isEmpty();
        assertThat(ann.connection.closed()).contains(Disconnect.CHANNEL_LIMIT);
        assertThat(exchange.hub.channels()).isEqualTo(128);
    }

    @Test
    void anOldTokenIsRefusedAndTheRestOfTheFrameIsNotHeard() {
        tokens.user("over", "ann", 0).user("long over", "ann", -100);

        assertTurnedAway(exchange, "old", 109);
        assertTurnedAway(exchange, "over", 109);
        assertTurnedAway(exchange, "long over", 109);
    }

    @ParameterizedTest
    @CsvSource({"bad, 3500", "broken, 3004"})
    void whatIsNoTokenEndsTheSession(String token, int code) {
        TestExchange.Client client = exchange.arrive(Identity.of("login", Set.of()));

        assertThat(client.ask(connect(token, "") + "\n" + SUBSCRIBE)).isEmpty();
        assertThat(client.connection.closed()).map(Disconnect::code).contains(code);
        assertThat(exchange.hub.channels()).isZero();
        assertThat(exchange.sessions.count()).isZero();
    }

    @Test
    void aUserHasSoManyConnections() {
        tokens.user("A", "ann", TestTokens.EVER).user("B", "bob", TestTokens.EVER);
        TestExchange few = exchange(
                new QuotaLimits(
                        0, 0, 1, 0, 0, 0, QuotaLimits.Flow.FREE, QuotaLimits.Flow.FREE, QuotaLimits.Flow.FREE, 0),
                true);
        TestExchange.Client first = few.connect("A");
        TestExchange.Client second = few.arrive(Identity.ANONYMOUS);

        assertThat(second.ask(connect("A", "") + "\n" + SUBSCRIBE)).isEmpty();
        assertThat(second.connection.closed()).contains(Disconnect.CONNECTION_LIMIT);
        few.connect("B");
        first.session.gone(1000);
        few.connect("A");
        assertThat(few.sessions.count()).isEqualTo(2);
    }

    @Test
    void theAnonymousAreRefusedWhereTheyMayNot() {
        tokens.user("T", "ann", TestTokens.EVER).user("nobody", "", TestTokens.EVER);
        TestExchange members = exchange(QuotaLimits.NONE, false);
        TestExchange.Client client = members.arrive(Identity.ANONYMOUS);

        assertThat(client.ask("{\"id\":1,\"connect\":{}}\n" + SUBSCRIBE))
                .containsExactly("{\"id\":1,\"error\":{\"code\":101,\"message\":\"unauthorized\"}}");
        assertTurnedAway(members, "nobody", 101);
        members.connect("T");
        assertThat(members.arrive(Identity.of("login", Set.of()))
                        .ask("{\"id\":1,\"connect\":{}}")
                        .get(0))
                .contains("\"client\"");
    }

    @Test
    void aCredentialIsForgottenOnceItHasDoneItsService() {
        tokens.user("T", "ann", TestTokens.EVER);
        TestExchange.Client ann = exchange.arrive(new Caller(
                "192.0.2.1", "", Identity.ANONYMOUS, Optional.of(new Credential(Credential.Kind.TOKEN, "T"))));

        ann.say("{\"id\":1,\"connect\":{}}");

        assertThat(ann.session.identity().user()).isEqualTo("ann");
        assertThat(ann.session.caller().credential()).isEmpty();
    }

    private void assertTurnedAway(TestExchange where, String token, int code) {
        TestExchange.Client client = where.arrive(Identity.ANONYMOUS);

        assertThat(client.ask(connect(token, "") + "\n" + SUBSCRIBE))
                .singleElement()
                .asString()
                .startsWith("{\"id\":1,\"error\":{\"code\":" + code + ",");
        assertThat(client.ask(SUBSCRIBE)).isEmpty();
        assertThat(client.connection.closed()).isEmpty();
        assertThat(client.session.isConnected()).isFalse();
        assertThat(where.hub.channels()).isZero();
        assertThat(where.sessions.byUser("ann")).isEmpty();
    }

    private void subscribed(String token, Map<String, ServerSubscription> subscriptions) {
        tokens.user(token, "ann", TestTokens.EVER, Set.of(), subscriptions);
    }

    private TestExchange exchange(QuotaLimits quotas, boolean anonymous) {
        return new TestExchange(
                Limits.DEFAULT,
                TailLimits.DEFAULT,
                TestExchange.credentials(tokens),
                tokens,
                quotas,
                anonymous,
                open("chat"),
                plain("plain", OnLag.RESUBSCRIBE));
    }

    private static Map<String, ServerSubscription> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "plain:" + i)
                .collect(Collectors.toMap(Function.identity(), name -> ServerSubscription.PLAIN));
    }

    private static String connect(String token, String more) {
        return "{\"id\":1,\"connect\":{\"token\":\"" + token + "\"" + more + "}}";
    }
}
