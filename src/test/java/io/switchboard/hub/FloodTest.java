package io.switchboard.hub;

import static io.switchboard.hub.TestExchange.open;
import static io.switchboard.hub.TestExchange.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.access.Identity;
import io.switchboard.channel.OnLag;
import io.switchboard.credential.NoTokens;
import io.switchboard.message.Disconnect;
import io.switchboard.quota.QuotaLimits;
import io.switchboard.quota.QuotaLimits.Flow;
import io.switchboard.session.Limits;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients that say more than they may: refused, then sent away, and nobody else notices. */
class FloodTest {
    private static final Flow TEN = new Flow(10, 1_000);

    private final TestExchange exchange = exchange(TEN, Flow.FREE, 0);
    private final TestExchange.Client loud = exchange.connect(); // which was its first command
    private final TestExchange.Client quiet = exchange.connect();

    @Test
    void whatIsTooMuchIsRefusedByItsNumber() {
        assertThat(loud.ask(publish(2, 20)))
                .allMatch(line -> line.contains("\"publish\""))
                .hasSize(19);

        assertThat(loud.ask(publish(21, 23))).containsExactly(refused(21), refused(22), refused(23));
        assertThat(quiet.ask(publish(2, 11))).hasSize(10).noneMatch(line -> line.contains("error"));
        assertThat(exchange.counters.snapshot())
                .containsEntry("problems.111", 3L)
                .containsEntry("publications", 29L);
    }

    @Test
    void anUnsubscribeIsObeyedAllTheSame() {
        loud.say("{\"id\":2,\"subscribe\":{\"channel\":\"plain:a\"}}");
        loud.say(publish(3, 20));

        assertThat(loud.ask("{\"id\":21,\"unsubscribe\":{\"channel\":\"plain:a\"}}"))
                .containsExactly("{\"id\":21,\"unsubscribe\":{}}");
        assertThat(loud.session.channels()).isEmpty();
    }

    @Test
    void whatNeedsNoAnswerGetsNone() {
        loud.say(publish(2, 20));

        assertThat(loud.ask("{\"send\":{\"data\":1}}\n{}\n{\"send\":{}}")).isEmpty();
        assertThat(loud.session.isOpen()).isTrue();
    }

    @Test
    void theAnswerToAPingCountsHoweverLoudItsSenderIs() {
        exchange.pass(Duration.ofSeconds(26));
        assertThat(loud.connection.lines()).contains("{}");
        quiet.say("{}");
        loud.say(publish(2, 21));
        loud.say("{}");

        for (int i = 0; i < 4; i++) {
            exchange.pass(Duration.ofSeconds(26));
            assertThat(loud.connection.lines()).contains("{}");
            loud.say("{}");
        }
        assertThat(loud.session.isOpen()).isTrue();
    }

    @Test
    void afterAsMuchAgainItIsTheEndOfOneSession() {
        loud.say(publish(2, 20));
        assertThat(loud.ask(publish(21, 40))).hasSize(20).allMatch(line -> line.contains("\"code\":111"));
        assertThat(loud.session.isOpen()).isTrue();

        assertThat(loud.ask(publish(41, 60))).isEmpty();
        assertThat(loud.connection.closed()).contains(Disconnect.TOO_MANY_REQUESTS);
        assertThat(quiet.ask(publish(2, 3))).hasSize(2);
        assertThat(exchange.sessions.all()).containsExactly(quiet.session);
    }

    @Test
    void whoPausesIsHeardAgain() {
        loud.say(publish(2, 25));
        exchange.pass(Duration.ofSeconds(1));

        assertThat(loud.ask(publish(26, 30))).containsExactly(done(26), done(27), done(28), done(29), done(30));
        assertThat(loud.ask(publish(31, 31))).containsExactly(refused(31));
    }

    @Test
    void readingIsDearerThanWriting() {
        for (int i = 0; i < 3; i++) {
            assertThat(loud.ask("{\"id\":2,\"history\":{\"channel\":\"chat:a\"}}")
                            .get(0))
                    .contains("\"history\"");
        }
        assertThat(loud.ask("{\"id\":3,\"presence\":{\"channel\":\"chat:a\"}}")).containsExactly(refused(3));
        assertThat(loud.ask("{\"id\":4,\"presence_stats\":{\"channel\":\"chat:a\"}}"))
                .containsExactly(refused(4));
    }

    @Test
    void whoFloodsBeforeHeConnectsIsSentAway() {
        TestExchange few = exchange(new Flow(1, 0), Flow.FREE, 0);
        TestExchange.Client client = few.arrive(Identity.ANONYMOUS);
        client.session.allowance().command(2);

        assertThat(client.ask("{\"id\":1,\"connect\":{}}")).isEmpty();
        assertThat(client.connection.closed()).contains(Disconnect.TOO_MANY_REQUESTS);
    }

    @Test
    void bytesAreMeasuredBeforeTheyAreRead() {
        assertThat(exchange.dispatcher.mayRead(loud.session, 4_000)).isTrue();
        assertThat(exchange.dispatcher.mayRead(loud.session, 1)).isFalse();
        exchange.closers.runAll();

        assertThat(loud.connection.closed()).contains(Disconnect.TOO_MANY_REQUESTS);
        assertThat(exchange.dispatcher.mayRead(quiet.session, 4_000)).isTrue();
    }

    @Test
    void theSessionsOfAUserAreRefusedTogetherButNotSentAway() {
        TestTokens tokens = new TestTokens().user("A", "ann", TestTokens.EVER).user("B", "bob", TestTokens.EVER);
        TestExchange shared = new TestExchange(
                Limits.DEFAULT,
                TailLimits.DEFAULT,
                TestExchange.credentials(tokens),
                tokens,
                limits(Flow.FREE, new Flow(2, 0), 0),
                true,
                plain("plain", OnLag.RESUBSCRIBE));
        TestExchange.Client first = shared.connect("A");
        TestExchange.Client second = shared.connect("A");
        TestExchange.Client bob = shared.connect("B");

        assertThat(first.ask(publish(2, 100)))
                .filteredOn(line -> line.contains("111"))
                .hasSize(89);
        assertThat(second.ask(publish(2, 2))).containsExactly(refused(2));
        assertThat(bob.ask(publish(2, 2))).containsExactly(done(2));
        assertThat(List.of(first, second)).allMatch(client -> client.session.isOpen());
    }

    @Test
    void newChannelsAreNamedAtARate() {
        TestExchange strict = exchange(Flow.FREE, Flow.FREE, 3);
        TestExchange.Client client = strict.connect();
        for (int i = 1; i <= 3; i++) {
            assertThat(client.ask("{\"id\":2,\"subscribe\":{\"channel\":\"plain:" + i + "\"}}")
                            .get(0))
                    .contains("\"subscribe\"");
        }

        assertThat(client.ask("{\"id\":2,\"subscribe\":{\"channel\":\"plain:4\"}}"))
                .containsExactly(refused(2));
        assertThat(client.ask(publish(3, 3))).containsExactly(refused(3));
        assertThat(client.ask("{\"id\":4,\"publish\":{\"channel\":\"plain:3\",\"data\":1}}").stream()
                        .filter(line -> line.startsWith("{\"id\"")))
                .containsExactly(done(4));
        assertThat(strict.hub.channels()).isEqualTo(3);
    }

    private static TestExchange exchange(Flow session, Flow user, int names) {
        NoTokens none = new NoTokens();
        return new TestExchange(
                Limits.DEFAULT,
                TailLimits.DEFAULT,
                TestExchange.credentials(none),
                none,
                limits(session, user, names),
                true,
                open("chat"),
                plain("plain", OnLag.RESUBSCRIBE));
    }

    private static QuotaLimits limits(Flow session, Flow user, int names) {
        return new QuotaLimits(0, 0, 0, 0, 0, 0, session, user, Flow.FREE, names);
    }

    private static String publish(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(id -> "{\"id\":" + id + ",\"publish\":{\"channel\":\"plain:a\",\"data\":1}}")
                .collect(Collectors.joining("\n"));
    }

    private static String done(int id) {
        return "{\"id\":" + id + ",\"publish\":{}}";
    }

    private static String refused(int id) {
        return "{\"id\":" + id + ",\"error\":{\"code\":111,\"message\":\"too many requests\",\"temporary\":true}}";
    }
}
