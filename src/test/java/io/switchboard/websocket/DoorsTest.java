package io.switchboard.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.Switchboard;
import io.switchboard.it.FailingEndpoint;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Position;
import io.switchboard.session.Counters;
import io.switchboard.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The annotated endpoints with the real core behind them, in this JVM. */
class DoorsTest {
    private static DoorFixture doors;

    /** A payload of an application. */
    public record Quote(String symbol, double bid) {}

    @BeforeAll
    static void start() throws Exception {
        doors = new DoorFixture();
    }

    @AfterAll
    static void stop() {
        doors.close();
    }

    @Test
    void echoGivesTextBackBehindItsPrefixAndBinaryAsItIs() throws Exception {
        var plain = doors.open("/echo").say("hello 世界");
        var raw = doors.open("/echo?raw").say("hello");
        var bytes = doors.open("/echo").say(new byte[] {1, 2, 3});

        assertThat(plain.hear()).isEqualTo("回声: hello 世界");
        assertThat(raw.hear()).isEqualTo("hello");
        assertThat(bytes.hear()).isEqualTo(new byte[] {1, 2, 3});
    }

    @Test
    void twoNativeClientsTalk() throws Exception {
        var ann = doors.open("/connection/websocket");
        var bob = doors.open("/connection/websocket");
        for (var client : List.of(ann, bob)) {
            client.say("{\"connect\":{},\"id\":1}\n{\"subscribe\":{\"channel\":\"chat:doors\"},\"id\":2}");
            assertThat(hearUntil(client, "\"subscribe\""))
                    .contains("\"ping\":25,\"pong\":true")
                    .contains("\"recoverable\":true");
        }

        ann.say("{\"publish\":{\"channel\":\"chat:doors\",\"data\":\"hi\"},\"id\":3}");

        assertThat(hearUntil(bob, "\"pub\"")).contains("\"pub\":{\"data\":\"hi\",\"offset\":1");
    }

    @Test
    void thePipeCarriesTextBothWays() throws Exception {
        var one = doors.open("/pipe/chat:pipe");
        var two = doors.open("/pipe/chat:pipe");
        await().until(() -> members("chat:pipe") == 2);

        one.say("say \"cheese\"\n世界 😀");

        assertThat(one.hear()).isEqualTo("say \"cheese\"\n世界 😀");
        assertThat(two.hear()).isEqualTo("say \"cheese\"\n世界 😀");
        doors.bean(Switchboard.class).publish("chat:pipe", new Quote("ACME", 1.5));
        assertThat((String) two.hear()).contains("\"symbol\":\"ACME\"").startsWith("{");
    }

    @Test
    void thePipeEndsWithTheCodeOfTheProblem() throws Exception {
        assertThat(doors.open("/pipe/nowhere:a").closed()).isEqualTo(4602);
        assertThat(doors.open("/pipe/chat:a%23ann").closed()).isEqualTo(4603);
        assertThat(doors.open("/pipe/chat:bin").say(new byte[] {1}).closed()).isEqualTo(1003);
    }

    @Test
    void badInputEndsItsOwnSessionOnly() throws Exception {
        var bystander = doors.open("/echo");
        assertThat(doors.open("/connection/websocket").say("nonsense").closed()).isEqualTo(3501);
        assertThat(doors.open("/connection/websocket")
                        .say("{\"rpc\":{},\"id\":1}")
                        .closed())
                .isEqualTo(3501);
        assertThat(doors.open("/connection/websocket").say(new byte[] {1}).closed())
                .isEqualTo(3506);
        assertThat(doors.open("/connection/websocket").say("x".repeat(65_537)).closed())
                .isEqualTo(1009);
        assertThat(bystander.say("still here").hear()).isEqualTo("回声: still here");
    }

    @Test
    void whateverIsThrownEndsItsOwnSessionOnly() throws Exception {
        Counters counters = doors.bean(Counters.class);
        var bystander = doors.open("/echo");
        for (String text : List.of("overflow the stack", "")) {
            long before = counters.snapshot().getOrDefault("sessions.failed", 0L);

            assertThat(doors.open(FailingEndpoint.PATH).say(text).closed()).isEqualTo(3004);

            assertThat(counters.snapshot()).containsEntry("sessions.failed", before + 1);
        }
        assertThat(bystander.say("still here").hear()).isEqualTo("回声: still here");
    }

    @Test
    void applicationCodePublishesReadsAndDisconnects() throws Exception {
        Switchboard switchboard = doors.bean(Switchboard.class);
        Position position = switchboard
                .publish("chat:api", Map.of("a", List.of(1, 2)), Map.of("kind", "note"))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        switchboard.publishJson("chat:api", "{\"b\":\n2}");

        assertThat(position.offset()).isEqualTo(1);
        assertThat(switchboard.history("chat:api", 10).toCompletableFuture().get(5, TimeUnit.SECONDS))
                .extracting(io.switchboard.message.Publication::data)
                .containsExactly("{\"a\":[1,2]}", "{\"b\":2}");

        var client = doors.open("/connection/websocket").say("{\"connect\":{},\"id\":1}");
        String id = text(client).replaceAll(".*\"client\":\"([^\"]+)\".*", "$1");
        doors.bean(Sessions.class).byId(id).orElseThrow().close(new Disconnect(4000, "see you"));
        assertThat(client.closed()).isEqualTo(4000);
    }

    @Test
    void sessionsLeaveTheRegistryHoweverTheyEnd() throws Exception {
        Sessions sessions = doors.bean(Sessions.class);
        var one = doors.open("/echo");
        one.say("x").hear();
        int before = sessions.count();

        one.leave(4001);

        await().until(() -> sessions.count() < before);
        await().until(() -> doors.bean(Counters.class).snapshot().getOrDefault("sessions.closed.4001", 0L) >= 1);
    }

    /** All that is heard up to a message with this in it. */
    private static String hearUntil(DoorFixture.Peer peer, String wanted) throws InterruptedException {
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf(wanted) < 0) {
            heard.append(text(peer)).append('\n');
        }
        return heard.toString();
    }

    private static String text(DoorFixture.Peer peer) throws InterruptedException {
        return (String) peer.hear();
    }

    private static int members(String channel) {
        return doors.bean(Switchboard.class)
                .presence(channel)
                .toCompletableFuture()
                .join()
                .size();
    }
}
