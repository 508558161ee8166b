package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the native door answers: presence, errors by their codes, and what it refuses at the handshake. */
interface ReplyChecks {
    Site site();

    @Test
    default void presenceShowsWhoIsThere() {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site());
                var bob = LiveClient.connect(site())) {
            assertThat(ann.ask("presence", "{'channel':'%s'}", channel)).hasToString("{\"presence\":{}}");
            ann.subscribe(channel);
            bob.subscribe(channel);

            JsonObject members =
                    ann.ask("presence", "{'channel':'%s'}", channel).getJsonObject("presence");
            assertThat(members).containsOnlyKeys(ann.id(), bob.id());
            assertThat(members.getJsonObject(bob.id())).hasToString("{\"user\":\"\",\"client\":\"" + bob.id() + "\"}");
            assertThat(ann.ask("presence_stats", "{'channel':'%s'}", channel))
                    .hasToString("{\"num_clients\":2,\"num_users\":1}");
        }
    }

    @Test
    default void sendHasNoAnswer() {
        try (var ann = LiveClient.connect(site())) {
            int frames = ann.frames();
            ann.send("{\"send\":{\"data\":{\"anything\":true}}}");
            int silent = ann.say("send", "{'data':1}");

            assertThat(ann.refused("rpc", "{'method':'x','data':{}}")).isEqualTo(108);
            assertThat(ann.frames()).as("answers").isEqualTo(frames + 1);
            assertThat(silent).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    subscribe      | {'channel':'nowhere:x'}                     | 102
                    subscribe      | {'channel':'nameless'}                      | 102
                    publish        | {'channel':'nowhere:x','data':1}            | 102
                    history        | {'channel':'nowhere:x'}                     | 102
                    presence       | {'channel':'nowhere:x'}                     | 102
                    presence_stats | {'channel':'nowhere:x'}                     | 102
                    subscribe      | {'channel':'closed:x'}                      | 103
                    publish        | {'channel':'closed:x','data':1}             | 103
                    history        | {'channel':'closed:x'}                      | 103
                    presence       | {'channel':'closed:x'}                      | 103
                    presence_stats | {'channel':'closed:x'}                      | 103
                    subscribe      | {'channel':'staff:x'}                       | 103
                    subscribe      | {'channel':'$big:x'}                        | 103
                    subscribe      | {'channel':'big:x#42'}                      | 103
                    subscribe      | {'channel':'big:x','token':'t'}             | 103
                    sub_refresh    | {'channel':'big:x','token':'t'}             | 103
                    publish        | {'channel':'big:x'}                         | 107
                    publish        | {'channel':'big:x','data':1,'type':1}        | 107
                    subscribe      | {'channel':'big:x','tf':{'key':'k','cmp':'ex'}} | 107
                    subscribe      | {'channel':'big:x','type':1}                | 108
                    history        | {'channel':'plain:x'}                       | 108
                    presence       | {'channel':'plain:x'}                       | 108
                    presence_stats | {'channel':'plain:x'}                       | 108
                    rpc            | {'method':'any'}                            | 108
                    """)
    default void refusalsHaveTheCodesOfTheProtocol(String command, String request, int code) {
        try (var ann = LiveClient.connect(site())) {
            String counter = "problems." + code;
            long before = new Probe(site()).counter(counter);

            assertThat(ann.refused(command, request)).isEqualTo(code);

            assertThat(new Probe(site()).counter(counter)).isEqualTo(before + 1);
            ann.subscribe(fresh("big"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"big:\\u0000", "big:\\n", "big:\\u007f", "big:a b", "big:é", "big:频道", "big:*"})
    default void channelsHaveVisibleAsciiNames(String channel) {
        try (var ann = LiveClient.connect(site())) {
            for (String command : new String[] {"subscribe", "publish", "history", "presence", "presence_stats"}) {
                assertThat(ann.refused(command, "{'channel':'%s','data':1}", channel))
                        .isEqualTo(107);
            }
        }
    }

    @Test
    default void channelsHave255CharactersAtMost() {
        String longest = "big:" + "x".repeat(251);
        try (var ann = LiveClient.connect(site())) {
            ann.subscribe(longest);
            ann.publish(longest, "1");
            assertThat(ann.heard(longest)).isEqualTo("1");

            assertThat(ann.refused("subscribe", "{'channel':'%sx'}", longest)).isEqualTo(107);
        }
    }

    @Test
    default void secondSubscribeIsRefusedAndTheFirstStays() {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site())) {
            ann.subscribe(channel);

            assertThat(ann.refused("subscribe", "{'channel':'%s'}", channel)).isEqualTo(105);
            assertThat(ann.refused("sub_refresh", "{'channel':'%s','token':'t'}", channel))
                    .isEqualTo(108);

            ann.publish(channel, "1");
            assertThat(ann.heard(channel)).isEqualTo("1");
        }
    }

    @Test
    default void oneChannelTooManyIsRefused() {
        try (var ann = LiveClient.connect(site())) {
            String first = fresh("big");
            ann.subscribe(first);
            for (int i = 1; i < 8; i++) {
                ann.subscribe(fresh("big"));
            }

            assertThat(ann.refused("subscribe", "{'channel':'%s'}", fresh("big")))
                    .isEqualTo(106);

            ann.ask("unsubscribe", "{'channel':'%s'}", first);
            ann.subscribe(fresh("big"));
        }
    }

    @ParameterizedTest
    @CsvSource({"refresh,3501", "connect,3501", "ping,3501"})
    default void commandsThatNoHonestClientSendsEndTheSession(String command, int code) {
        try (var ann = LiveClient.connect(site())) {
            ann.say(command, "{'token':'t'}");

            assertThat(ann.end()).isEqualTo(new Inbox.End(code, "bad request"));
        }
    }

    @Test
    default void tokenThatNobodyCanCheckIsNotGood() {
        try (var ann = LiveClient.open(site())) {
            ann.say("connect", "{'token':'t'}");

            assertThat(ann.end()).isEqualTo(new Inbox.End(3500, "invalid token"));
        }
    }

    @Test
    default void whatAnOfficialClientAsksForBesidesIsNoHindrance() {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site())) {
            JsonObject result = ann.ask(
                    "subscribe",
                    "{'channel':'%s','data':{'d':1},'positioned':true,'recoverable':true,'flag':1,'delta':'fossil'}",
                    channel);

            assertThat(result.getBoolean("recoverable")).isTrue();
            assertThat(result.getBoolean("positioned")).isTrue();
            assertThat(result.getString("epoch")).isNotEmpty();
            assertThat(result).doesNotContainKeys("delta", "offset", "recovered", "was_recovering", "publications");
        }
    }

    @ParameterizedTest
    @CsvSource({"centrifuge-json, centrifuge-json", "'centrifuge-protobuf, centrifuge-json', centrifuge-json", "zz,"})
    default void subProtocolIsTheOneWeSpeak(String offered, String chosen) throws IOException {
        try (var client = RawWebSocket.connect(site().ws(LiveClient.PATH))) {
            Answer answer = client.handshake(RawWebSocket.KEY, "Sec-WebSocket-Protocol: " + offered);

            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.headers().get("Sec-WebSocket-Protocol")).isEqualTo(chosen);
            client.send(Frame.text("{\"connect\":{},\"id\":1}"));
            assertThat(client.receiveMessage().text()).contains("\"client\"");
        }
    }

    @Test
    default void protobufAloneIsRefusedAtTheHandshake() throws IOException {
        try (var client = RawWebSocket.connect(site().ws(LiveClient.PATH))) {
            Answer answer = client.handshake(RawWebSocket.KEY, "Sec-WebSocket-Protocol: centrifuge-protobuf");

            assertThat(answer.status()).isEqualTo(400);
        }
    }
}
