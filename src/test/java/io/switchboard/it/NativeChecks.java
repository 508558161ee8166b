package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The native door: connecting, talking and hearing, and how the server ends things. */
interface NativeChecks {
    Site site();

    @Test
    default void connectTellsWhatTheClientNeeds() {
        try (var ann = LiveClient.open(site())) {
            JsonObject result = ann.ask("connect", "{'name':'test','version':'1','data':{'a':1},'headers':{'x':'y'}}");

            assertThat(result.getString("client")).isNotEmpty();
            assertThat(result.getString("version")).startsWith("switchboard ");
            assertThat(result.getInt("ping")).isEqualTo(25);
            assertThat(result.getBoolean("pong")).isTrue();
            assertThat(result).doesNotContainKeys("expires", "ttl", "session");
        }
    }

    @Test
    default void whatOneSaysBothHear() {
        String channel = fresh("big");
        String data = "{\"text\":\"你好, \\\"exchange\\\"\\n \\u2028 🙂\",\"n\":1.50,\"list\":[null,true,{}]}";
        try (var ann = LiveClient.connect(site());
                var bob = LiveClient.connect(site())) {
            ann.subscribe(channel);
            bob.subscribe(channel);

            ann.send("{\"publish\":{\"channel\":\"" + channel + "\",\"data\":" + data + "},\"id\":77}");

            assertThat(ann.reply(77).getJsonObject("publish")).isEmpty();
            for (var client : new LiveClient[] {ann, bob}) {
                JsonObject publication = client.push(channel, "pub");
                assertThat(publication.get("data"))
                        .isEqualTo(Probe.read("{\"d\":" + data + "}").get("d"));
                assertThat(publication.getInt("offset")).isEqualTo(1);
                assertThat(publication.getJsonObject("info").getString("client"))
                        .isEqualTo(ann.id());
                assertThat(publication.getJsonObject("info").getString("user")).isEmpty();
            }
        }
    }

    @Test
    default void publicationsWithoutHistoryHaveNoNumber() {
        String channel = fresh("plain");
        try (var ann = LiveClient.connect(site())) {
            assertThat(ann.subscribe(channel)).isEmpty();

            ann.publish(channel, "null");

            assertThat(ann.push(channel, "pub")).containsOnlyKeys("data", "info");
        }
    }

    @Test
    default void oneFrameMayHoldManyCommands() {
        String channel = fresh("big");
        try (var ann = LiveClient.open(site())) {
            ann.send("""
                    {"connect":{},"id":3}
                    {"subscribe":{"channel":"%1$s"},"id":4}
                    {"send":{"data":1}} {"publish":{"channel":"%1$s","data":"together"},"id":5}
                    """.formatted(channel));

            assertThat(ann.reply(3)).containsKey("connect");
            assertThat(ann.reply(4)).containsKey("subscribe");
            assertThat(ann.reply(5)).containsKey("publish");
            assertThat(ann.heard(channel)).isEqualTo("\"together\"");
        }
    }

    @Test
    default void answersThatWaitedForASlowReaderComeInOneFrame() {
        String channel = fresh("big");
        int big = 60_000;
        int written = 15;
        int large = 4; // and with these it is more than the server writes before it wants a pong
        int small = 10;
        String history = "{'channel':'%s','limit':1}";
        try (var ann = LiveClient.silent(site())) {
            ann.publish(channel, "'" + "x".repeat(big) + "'");
            IntStream.range(0, written).forEach(i -> ann.ask("history", history, channel));
            int before = ann.frames();
            IntStream.range(0, large).forEach(i -> ann.say("history", history, channel));
            int[] ids = IntStream.range(0, small).map(i -> ann.say("rpc", "{}")).toArray();
            ann.ping();

            ann.answerPings();

            IntStream.of(ids).forEach(ann::reply);
            assertThat(ann.frames() - before).isLessThan(large + small);
        }
    }

    @Test
    default void ownJoinIsHeardHoweverBusyTheLineIs() {
        int channels = 8;
        for (int round = 0; round < 20; round++) {
            try (var ann = LiveClient.open(site())) {
                List<String> names =
                        Stream.generate(() -> fresh("big")).limit(channels).toList();
                ann.send("{\"connect\":{},\"id\":1}\n"
                        + names.stream()
                                .map("{\"subscribe\":{\"channel\":\"%s\",\"join_leave\":true},\"id\":2}"::formatted)
                                .collect(joining("\n")));
                String id = ann.reply(1).getJsonObject("connect").getString("client");

                names.forEach(name -> assertThat(whose(ann.push(name, "join"))).isEqualTo(id));
            }
        }
    }

    @Test
    default void unsubscribeEndsAChannelAndAlwaysSucceeds() {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site());
                var bob = LiveClient.connect(site())) {
            ann.subscribe(channel);
            bob.subscribe(channel);

            assertThat(bob.ask("unsubscribe", "{'channel':'%s'}", channel)).isEmpty();
            assertThat(bob.ask("unsubscribe", "{'channel':'%s'}", channel)).isEmpty();
            assertThat(bob.ask("unsubscribe", "{'channel':'no such'}")).isEmpty();
            ann.publish(channel, "1");

            assertThat(ann.heard(channel)).isEqualTo("1");
            bob.subscribe(channel);
            ann.publish(channel, "2");
            assertThat(bob.heard(channel)).isEqualTo("2");
        }
    }

    @Test
    default void joinAndLeaveAreHeardByWhoAskedForThem() {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site());
                var bob = LiveClient.connect(site())) {
            ann.subscribe(channel);
            assertThat(whose(ann.push(channel, "join"))).isEqualTo(ann.id());
            bob.ask("subscribe", "{'channel':'%s'}", channel);
            assertThat(whose(ann.push(channel, "join"))).isEqualTo(bob.id());

            bob.ask("unsubscribe", "{'channel':'%s'}", channel);
            assertThat(whose(ann.push(channel, "leave"))).isEqualTo(bob.id());
            assertThat(bob.has(channel, "join")).isFalse();
            ann.ask("unsubscribe", "{'channel':'%s'}", channel);
            assertThat(ann.has(channel, "leave")).as("its own leave").isFalse();
        }
    }

    @Test
    default void whoJustDisappearsLeavesToo() throws IOException {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site());
                var gone = RawWebSocket.open(site().ws(LiveClient.PATH))) {
            ann.subscribe(channel);
            ann.push(channel, "join");
            gone.send(Frame.text(
                    "{\"connect\":{},\"id\":1}\n{\"subscribe\":{\"channel\":\"" + channel + "\"},\"id\":2}"));
            String id = whose(ann.push(channel, "join"));

            gone.reset();

            assertThat(whose(ann.push(channel, "leave"))).isEqualTo(id);
            assertThat(ann.ask("presence", "{'channel':'%s'}", channel).getJsonObject("presence"))
                    .containsOnlyKeys(ann.id());
        }
    }

    @ParameterizedTest
    @CsvSource({"2000", "2100", "2500"})
    default void unsubscribeByTheServerIsPushedWithItsCode(int code) {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site())) {
            ann.subscribe(channel);

            new Probe(site()).ask("unsubscribe", "client", ann.id(), "channel", channel, "code", code);

            JsonObject push = ann.push(channel, "unsubscribe");
            assertThat(push.getInt("code")).isEqualTo(code);
            assertThat(push.getString("reason")).isEqualTo("the application wants it so");
            ann.publish(channel, "1");
            assertThat(ann.has(channel, "pub")).isFalse();
            assertThat(ann.ask("presence", "{'channel':'%s'}", channel).getJsonObject("presence"))
                    .isEmpty();
            ann.subscribe(channel);
            ann.publish(channel, "2");
            assertThat(ann.heard(channel)).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @CsvSource({"3001, shutdown", "3503, force disconnect", "4000, 再见", "4999, go away and stay there"})
    default void disconnectIsACloseFrameWithCodeAndReason(int code, String reason) {
        try (var ann = LiveClient.connect(site())) {
            new Probe(site()).ask("disconnect", "client", ann.id(), "code", code, "reason", reason);

            assertThat(ann.end()).isEqualTo(new Inbox.End(code, reason));
        }
    }

    @Test
    default void applicationSpeaksWithoutBeingAsked() {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site())) {
            ann.subscribe(channel);

            new Probe(site()).ask("publish", "channel", channel, "data", "{\"from\": \"the server\"}", "key", "k1");

            JsonObject publication = ann.push(channel, "pub");
            assertThat(publication).containsOnlyKeys("data", "offset", "tags");
            assertThat(publication.get("data")).hasToString("{\"from\":\"the server\"}");
            assertThat(publication.getJsonObject("tags").getString("key")).isEqualTo("k1");
        }
    }

    @Test
    default void bothDirectionsFlowAtTheSameTime() {
        String channel = fresh("big");
        int messages = 400;
        try (var ann = LiveClient.connect(site());
                var bob = LiveClient.connect(site())) {
            ann.subscribe(channel);
            bob.subscribe(channel);

            var talkers = new CompletableFuture<?>[] {talk(ann, channel, messages), talk(bob, channel, messages)};

            for (var client : new LiveClient[] {ann, bob}) {
                String offsets = IntStream.range(0, 2 * messages)
                        .mapToObj(i -> client.push(channel, "pub").get("offset").toString())
                        .collect(joining(" "));
                assertThat(offsets)
                        .isEqualTo(IntStream.rangeClosed(1, 2 * messages)
                                .mapToObj(String::valueOf)
                                .collect(joining(" ")));
            }
            assertThat(CompletableFuture.allOf(talkers)).succeedsWithin(20, TimeUnit.SECONDS);
        }
    }

    private static CompletableFuture<?> talk(LiveClient client, String channel, int messages) {
        return CompletableFuture.runAsync(() -> IntStream.range(0, messages)
                .forEach(i -> client.say("publish", "{'channel':'%s','data':'%s %s'}", channel, client.id(), i)));
    }

    private static String whose(JsonObject news) {
        return news.getJsonObject("info").getString("client");
    }
}
