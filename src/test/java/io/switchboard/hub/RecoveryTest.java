package io.switchboard.hub;

import static io.switchboard.hub.TestExchange.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channel.OnLag;
import io.switchboard.channel.Recovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Recovery: who returns gets everything since his position, or is told that he cannot have it. */
class RecoveryTest {
    private final TestExchange exchange = new TestExchange(
            TailLimits.DEFAULT,
            open("chat", 100, Recovery.STREAM, OnLag.RESUBSCRIBE),
            open("big", 5_000, Recovery.STREAM, OnLag.RESUBSCRIBE),
            open("last", 10, Recovery.CACHE, OnLag.RESUBSCRIBE),
            open("off", 10, Recovery.OFF, OnLag.RESUBSCRIBE));

    @Test
    void aFreshSubscriberLearnsTheTopAndGetsNothingOld() {
        exchange.publish("chat:a", 1, 3);

        assertThat(subscribe("chat:a", ""))
                .first()
                .isEqualTo("{\"id\":2,\"subscribe\":{\"recoverable\":true,\"positioned\":true,\"epoch\":\"epoch1\","
                        + "\"offset\":3}}");
    }

    @Test
    void everythingMissedIsInTheAnswer() {
        exchange.publish("chat:a", 1, 5);

        String answer = subscribe("chat:a", ",\"recover\":true,\"offset\":2,\"epoch\":\"epoch1\"")
                .get(0);

        assertThat(answer)
                .contains("\"offset\":2,\"was_recovering\":true,\"recovered\":true")
                .contains("{\"data\":3,\"offset\":3},{\"data\":4,\"offset\":4},{\"data\":5,\"offset\":5}")
                .doesNotContain("\"data\":2");
    }

    @Test
    void nothingMissedIsRecoveredToo() {
        exchange.publish("chat:a", 1, 5);

        assertThat(subscribe("chat:a", ",\"recover\":true,\"offset\":5,\"epoch\":\"epoch1\"")
                        .get(0))
                .contains("\"was_recovering\":true,\"recovered\":true")
                .doesNotContain("publications");
    }

    @Test
    void aPositionWithoutAnythingSeenRecoversFromTheStart() {
        exchange.publish("chat:a", 1, 1);

        assertThat(subscribe("chat:a", ",\"recover\":true").get(0))
                .contains("\"recovered\":true")
                .contains("\"data\":1");
    }

    @Test
    void anEvictedAnExpiredAForeignAndAFuturePositionAreNotRecovered() {
        exchange.publish("chat:a", 1, 150);

        assertThat(List.of(
                        subscribe("chat:a", ",\"recover\":true,\"offset\":49,\"epoch\":\"epoch1\"")
                                .get(0),
                        subscribe("chat:a", ",\"recover\":true,\"offset\":149,\"epoch\":\"other\"")
                                .get(0),
                        subscribe("chat:a", ",\"recover\":true,\"offset\":151,\"epoch\":\"epoch1\"")
                                .get(0)))
                .allMatch(answer -> answer.contains("\"offset\":150,\"was_recovering\":true}}"));
        assertThat(subscribe("chat:a", ",\"recover\":true,\"offset\":50,\"epoch\":\"epoch1\"")
                        .get(0))
                .contains("\"recovered\":true");

        exchange.clock.advance(Duration.ofMinutes(11));
        assertThat(subscribe("chat:a", ",\"recover\":true,\"offset\":149,\"epoch\":\"epoch1\"")
                        .get(0))
                .contains("\"was_recovering\":true}}");
        assertThat(subscribe("chat:a", ",\"recover\":true,\"offset\":150,\"epoch\":\"epoch1\"")
                        .get(0))
                .contains("\"recovered\":true");
    }

    @Test
    void aClientMayAskForAnErrorInsteadOfAFailedRecovery() {
        exchange.publish("chat:a", 1, 1);

        List<String> heard = subscribe("chat:a", ",\"recover\":true,\"offset\":9,\"epoch\":\"epoch1\",\"flag\":3");

        assertThat(heard).containsExactly("{\"id\":2,\"error\":{\"code\":112,\"message\":\"unrecoverable position\"}}");
        assertThat(exchange.hub.channels()).isZero();
    }

    @Test
    void moreThanAFrameHoldsFollowsAsIfItWereLive() {
        exchange.publish("big:a", 1, 3_000);
        TestExchange.Client ann = exchange.connect();

        List<String> heard = ann.ask(
                "{\"subscribe\":{\"channel\":\"big:a\",\"recover\":true,\"offset\":1,\"epoch\":\"epoch1\"},\"id\":2}");
        exchange.publish("big:a", 3_001, 3_005);
        heard.addAll(ann.heard());

        assertThat(offsets(heard))
                .isEqualTo(IntStream.rangeClosed(2, 3_005).boxed().toList());
    }

    @Test
    void whatIsPublishedWhileTheRestIsReadIsNeitherLostNorRepeated() {
        exchange.publish("big:a", 1, 2_000);
        TestExchange.Client ann = exchange.connect();
        ann.connection.hold();
        ann.say("{\"subscribe\":{\"channel\":\"big:a\",\"recover\":true,\"epoch\":\"epoch1\"},\"id\":2}");

        List<String> heard = new ArrayList<>();
        for (int i = 2_001; i <= 2_100; i++) {
            exchange.publish("big:a", i, i);
            ann.connection.complete(true);
            heard.addAll(ann.heard());
        }
        ann.connection.release();
        heard.addAll(ann.heard());

        assertThat(offsets(heard))
                .isEqualTo(IntStream.rangeClosed(1, 2_100).boxed().toList());
    }

    @Test
    void cacheModeGivesTheLatestValueToEveryone() {
        assertThat(subscribe("last:a", "").get(0)).contains("\"was_recovering\":true}}");
        exchange.publish("last:a", 1, 3);

        assertThat(subscribe("last:a", "").get(0))
                .contains("\"recovered\":true,\"publications\":[{\"data\":3,\"offset\":3}]");
        assertThat(subscribe("last:a", ",\"recover\":true,\"offset\":3,\"epoch\":\"epoch1\"")
                        .get(0))
                .contains("\"recovered\":true}}");
        assertThat(subscribe("last:a", ",\"recover\":true,\"offset\":1,\"epoch\":\"epoch1\"")
                        .get(0))
                .contains("\"data\":3");
    }

    @Test
    void whereRecoveryIsOffNoPositionIsGiven() {
        exchange.publish("off:a", 1, 3);

        assertThat(subscribe("off:a", ",\"recover\":true,\"offset\":1,\"epoch\":\"epoch1\"")
                        .get(0))
                .isEqualTo("{\"id\":2,\"subscribe\":{}}");
    }

    private List<String> subscribe(String channel, String wishes) {
        TestExchange.Client client = exchange.connect();
        List<String> heard = client.ask("{\"subscribe\":{\"channel\":\"" + channel + "\"" + wishes + "},\"id\":2}");
        client.session.gone(1000);
        exchange.workers.runAll();
        return heard;
    }

    private static List<Integer> offsets(List<String> lines) {
        List<Integer> offsets = new ArrayList<>();
        var matcher = java.util.regex.Pattern.compile("\"data\":\\d+,\"offset\":(\\d+)")
                .matcher("");
        for (String line : lines) {
            matcher.reset(line);
            while (matcher.find()) {
                offsets.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return offsets;
    }
}
