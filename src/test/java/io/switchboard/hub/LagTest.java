package io.switchboard.hub;

import static io.switchboard.hub.TestExchange.open;
import static io.switchboard.hub.TestExchange.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channel.OnLag;
import io.switchboard.channel.Recovery;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import io.switchboard.session.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Readers that fall behind: served from further back, or told, by the policy of the namespace. */
class LagTest {
    private static final TailLimits SHORT = new TailLimits(10, 1 << 20, 64 << 10);

    private final TestExchange exchange = new TestExchange(
            SHORT,
            open("deep", 1_000, Recovery.STREAM, OnLag.RESUBSCRIBE),
            open("shallow", 5, Recovery.STREAM, OnLag.RESUBSCRIBE),
            open("skip", 5, Recovery.STREAM, OnLag.SKIP),
            open("latest", 5, Recovery.STREAM, OnLag.LATEST),
            open("bigskip", 1_000, Recovery.STREAM, OnLag.SKIP),
            plain("plain", OnLag.RESUBSCRIBE),
            plain("plainskip", OnLag.SKIP),
            plain("plainlatest", OnLag.LATEST));

    @Test
    void whatLeftTheTailIsReadFromTheHistory() {
        TestExchange.Client slow = slowReaderOf("deep:a");

        exchange.publish("deep:a", 2, 600);
        slow.connection.release();

        assertThat(slow.data()).isEqualTo(numbers(1, 600));
        exchange.publish("deep:a", 601, 603);
        assertThat(slow.data()).isEqualTo(numbers(601, 603));
    }

    @Test
    void whoFellOutOfTheHistoryIsToldToSubscribeAgain() {
        TestExchange.Client slow = slowReaderOf("shallow:a");

        exchange.publish("shallow:a", 2, 100);
        slow.connection.release();

        assertThat(slow.heard())
                .last()
                .isEqualTo("{\"push\":{\"channel\":\"shallow:a\",\"unsubscribe\":{\"code\":2500,"
                        + "\"reason\":\"insufficient state\"}}}");
        assertThat(slow.session.channels()).isEmpty();
    }

    @Test
    void withoutHistoryTheTailIsAllThereIs() {
        TestExchange.Client slow = slowReaderOf("plain:a");

        exchange.publish("plain:a", 2, 11);
        slow.connection.release();
        assertThat(slow.data()).isEqualTo(numbers(1, 11));

        slow.connection.hold();
        exchange.publish("plain:a", 12, 23);
        slow.connection.release();
        assertThat(slow.heard()).last().asString().contains("2500");
    }

    @Test
    void whoSkipsIsToldHowManyHeMissed() {
        for (String channel : List.of("skip:a", "plainskip:a")) {
            TestExchange.Client slow = slowReaderOf(channel);

            exchange.publish(channel, 2, 100);
            slow.connection.release();

            List<String> heard = slow.heard();
            assertThat(heard.get(1))
                    .isEqualTo("{\"push\":{\"channel\":\"" + channel + "\",\"message\":{\"data\":{\"sb\":\"missed\","
                            + "\"channel\":\"" + channel + "\",\"count\":89}}}}");
            assertThat(heard).hasSize(12).last().asString().contains("\"data\":100");
        }
    }

    @Test
    void theLatestOfEachKeyIsWhatASlowReaderGets() {
        for (String channel : List.of("latest:a", "plainlatest:a")) {
            TestExchange.Client slow = slowReaderOf(channel);

            publish(channel, "ACME", "1000");
            for (int i = 0; i < 50; i++) {
                publish(channel, i % 2 == 0 ? "EVEN" : "ODD", String.valueOf(i));
            }
            exchange.workers.runAll();
            slow.connection.release();

            List<String> heard = slow.heard();
            assertThat(heard.get(1)).contains("\"sb\":\"missed\"").contains("\"count\":48}");
            assertThat(heard.subList(2, heard.size()))
                    .extracting(line -> line.replaceAll(".*\"data\":(\\d+).*\"key\":\"(\\w+)\".*", "$2=$1"))
                    .containsExactly("ACME=1000", "EVEN=48", "ODD=49");
            publish(channel, "ACME", "1001");
            assertThat(slow.data()).containsExactly("1001");
        }
    }

    @Test
    void aReaderThatOnlyMissedJoinsLosesNothing() {
        TestExchange.Client slow = slowReaderOf("shallow:a");

        for (int i = 0; i < 30; i++) {
            TestExchange.Client passing = exchange.connect();
            passing.say("{\"subscribe\":{\"channel\":\"shallow:a\"},\"id\":2}");
            passing.session.gone(1000);
        }
        exchange.publish("shallow:a", 2, 2);
        slow.connection.release();

        assertThat(slow.data()).containsExactly("1", "2");
    }

    @Test
    void joinsAreNoMissedPublicationsWhereNothingIsNumbered() {
        for (String channel : List.of("plain:a", "plainskip:a")) {
            TestExchange.Client slow = slowReaderOf(channel);
            for (int i = 0; i < 30; i++) {
                TestExchange.Client passing = exchange.connect();
                passing.say("{\"subscribe\":{\"channel\":\"" + channel + "\"},\"id\":2}");
                passing.session.gone(1000);
            }
            exchange.workers.runAll();
            slow.connection.release();
            exchange.publish(channel, 2, 2);

            assertThat(slow.heard()).hasSize(2).last().asString().contains("\"data\":2");
        }
    }

    @Test
    void whoSkipsAheadWhenEverythingIsGoneIsToldTheRightNumber() {
        exchange.publish("bigskip:a", 1, 900);
        TestExchange.Client slow = exchange.connect();
        slow.connection.hold();
        slow.session.write(List.of(Frame.of("busy")));
        slow.say("{\"subscribe\":{\"channel\":\"bigskip:a\",\"recover\":true,\"epoch\":\"epoch1\"},\"id\":2}");
        exchange.clock.advance(Duration.ofMinutes(11));
        slow.connection.release();

        assertThat(slow.heard()).last().asString().contains("\"count\":388");
        exchange.publish("bigskip:a", 901, 901);
        assertThat(slow.data()).containsExactly("901");
    }

    @Test
    void whoLagsWhileACommandWaitsIsExpelledOnce() {
        TestExchange.Client slow = slowReaderOf("plain:a");
        CompletableFuture<Boolean> engine = new CompletableFuture<>();
        slow.session.perform(() -> engine);
        exchange.publish("plain:a", 2, 30);
        slow.connection.release();
        for (int i = 0; i < 5_000; i++) {
            exchange.publish("plain:a", i, i);
        }
        engine.complete(true);

        assertThat(slow.session.isOpen()).isTrue();
        assertThat(slow.heard()).filteredOn(line -> line.contains("2500")).hasSize(1);
    }

    @Test
    void theLatestValuesAreBoundedInBytes() {
        TestExchange.Client slow = slowReaderOf("plainlatest:a");
        for (int i = 0; i < 100; i++) {
            publish("plainlatest:a", "key" + i, "\"" + "x".repeat(200_000) + "\"");
        }
        exchange.workers.runAll();
        slow.connection.release();

        assertThat(slow.connection.frames()).allMatch(frame -> frame.size() < 1 << 20);
        assertThat(slow.heard()).anyMatch(line -> line.contains("\"count\":95}"));
    }

    /** A subscriber whose connection is busy with the first publication. */
    private TestExchange.Client slowReaderOf(String channel) {
        TestExchange.Client client = exchange.connect();
        client.say("{\"subscribe\":{\"channel\":\"" + channel + "\"},\"id\":2}");
        client.heard();
        client.connection.hold();
        exchange.publish(channel, 1, 1);
        assertThat(client.connection.isWriting()).isTrue();
        return client;
    }

    private void publish(String channel, String key, String json) {
        var name = new io.switchboard.channel.ChannelName(channel);
        exchange.engine.publish(
                name,
                exchange.namespaces.of(name).orElseThrow(),
                new Publication(json, Position.UNKNOWN, Optional.empty(), Map.of(Publication.KEY, key)));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }
}
