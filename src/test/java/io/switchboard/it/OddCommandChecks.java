package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are odd but lawful, or refused without an end of the session. */
interface OddCommandChecks {
    Bystander bystander();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "big:{a}",
                "big:?",
                "big:[a-z]",
                "big:^a$",
                "big::a",
                "big:a:b",
                "big:\\a",
                "big:\"a\"",
                "big:/../a",
                "big:%61",
                "big:<a>",
                "big:a+a",
                "big:(a|b)",
                "big:a,b",
                "big:"
            })
    default void namesMeanNothingButThemselves(String name) {
        String quoted = Json.createValue(name).toString();
        String other = "big:a";
        try (var ann = LiveClient.connect(bystander().site())) {
            ann.ask("subscribe", "{'channel':%s}", quoted);

            ann.publish(other, "1");
            ann.ask("publish", "{'channel':%s,'data':2}", quoted);

            assertThat(ann.heard(name)).isEqualTo("2");
            assertThat(ann.has(other, "pub")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    big:\\r         | 107
                    big:x\\r\\ny    | 107
                    big:\\u0085     | 107
                    big:\\u2028     | 107
                    big:😀          | 107
                    big:\\ud83d     | 107
                    big:\\u202egnp  | 107
                    *               | 107
                    big:**          | 107
                    :               | 102
                    :x              | 102
                    {}              | 102
                    ::big:x         | 102
                    Big:x           | 102
                    """)
    default void namesThatNoChannelHasAreRefused(String name, int code) {
        try (var ann = LiveClient.connect(bystander().site())) {
            for (String command : List.of("subscribe", "publish", "history", "presence", "presence_stats")) {
                assertThat(ann.refused(command, "{'channel':'%s','data':1}", name))
                        .as(command)
                        .isEqualTo(code);
            }
            assertThat(ann.ask("unsubscribe", "{'channel':'%s'}", name)).isEmpty();
            assertThat(ann.refused("sub_refresh", "{'channel':'%s'}", name)).isEqualTo(103);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\\u0041"})
    default void namesAreTooLongHoweverTheyAreWritten(String letter) {
        try (var ann = LiveClient.connect(bystander().site())) {
            ann.subscribe("big:" + letter.repeat(251));
            for (int count : new int[] {252, 10_000}) {
                assertThat(ann.refused("subscribe", "{'channel':'%s'}", "big:" + letter.repeat(count)))
                        .isEqualTo(107);
            }
        }
    }

    @Test
    default void sameIdTwiceIsAnsweredTwice() throws IOException {
        try (var client = bystander().connect()) {
            client.send(Frame.text("{\"id\":1,\"rpc\":{}}\n{\"id\":1,\"unsubscribe\":{\"channel\":\"big:x\"}}"));

            assertThat(lines(client, 2))
                    .containsExactly(
                            "{\"id\":1,\"error\":{\"code\":108,\"message\":\"not available\"}}",
                            "{\"id\":1,\"unsubscribe\":{}}");
        }
    }

    @Test
    default void largestIdComesBack() throws IOException {
        try (var client = bystander().connect()) {
            client.send(Frame.text("{\"id\":9223372036854775807,\"unsubscribe\":{\"channel\":\"big:x\"}}"));

            assertThat(client.receiveMessage().text()).isEqualTo("{\"id\":9223372036854775807,\"unsubscribe\":{}}");
        }
    }

    @Test
    default void twoConnectsInAFrameEndTheSession() throws IOException {
        try (var client = bystander().open()) {
            client.send(Frame.text(Nonsense.CONNECT + Nonsense.CONNECT));
            assertThat(client.receiveClose()).isEqualTo(3501);
        }
        bystander().assertCounted(3501);
    }

    @Test
    default void serverSideSubscriptionsByTheThousandAreTooMany() throws IOException {
        String subs =
                IntStream.range(0, 5_000).mapToObj(i -> "\"" + i + "\":{}").collect(Collectors.joining(","));
        try (var client = bystander().open()) {
            client.send(Frame.text("{\"id\":1,\"connect\":{\"subs\":{" + subs + "}}}"));
            assertThat(client.receiveClose()).isEqualTo(3501);
        }
        bystander().assertCounted(3501);
    }

    @Test
    default void subscribesInFlightAreRefusedButForTheFirst() {
        long before = bystander().probe().counter("problems.105");
        String channel = fresh("big");
        try (var ann = LiveClient.connect(bystander().site())) {
            String subscribe = "{\"subscribe\":{\"channel\":\"" + channel + "\"},\"id\":%d}\n";
            ann.send(subscribe.formatted(11) + subscribe.formatted(12) + subscribe.formatted(13));

            assertThat(ann.reply(11)).containsKey("subscribe");
            assertThat(ann.reply(12).getJsonObject("error").getInt("code")).isEqualTo(105);
            assertThat(ann.reply(13).getJsonObject("error").getInt("code")).isEqualTo(105);
            assertThat(bystander().probe().counter("problems.105")).isEqualTo(before + 2);
        }
    }

    @Test
    default void unsubscribeOfWhatIsPendingIsObeyedInTurn() {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(bystander().site())) {
            String subscribe = "{\"subscribe\":{\"channel\":\"" + channel + "\"},\"id\":%d}\n";
            String unsubscribe = subscribe.replace("subscribe", "unsubscribe");
            ann.send(unsubscribe.formatted(10) + subscribe.formatted(11) + unsubscribe.formatted(12));
            assertThat(ann.reply(10)).containsKey("unsubscribe");
            assertThat(ann.reply(11)).containsKey("subscribe");
            assertThat(ann.reply(12)).containsKey("unsubscribe");
            ann.publish(channel, "1");
            assertThat(ann.ask("presence", "{'channel':'%s'}", channel).getJsonObject("presence"))
                    .isEmpty();

            ann.send(subscribe.formatted(13) + unsubscribe.formatted(14) + subscribe.formatted(15));
            assertThat(ann.reply(15)).containsKey("subscribe");
            ann.publish(channel, "2");
            assertThat(ann.heard(channel)).isEqualTo("2");
            assertThat(ann.has(channel, "pub")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807,", "9223372036854775807, nonsense", "4,", "0, \\ud800", "3, nonsense"})
    default void positionsOfNowhereRecoverNothing(long offset, String epoch) {
        String channel = fresh("big");
        String position = "'offset':" + offset + (epoch == null ? "" : ",'epoch':'" + epoch + "'");
        try (var ann = LiveClient.connect(bystander().site())) {
            for (int i = 1; i <= 3; i++) {
                ann.publish(channel, String.valueOf(i));
            }

            JsonObject result = ann.ask("subscribe", "{'channel':'%s','recover':true,%s}", channel, position);
            assertThat(result.getBoolean("was_recovering")).isTrue();
            assertThat(result).doesNotContainKeys("recovered", "publications");
            assertThat(result.getInt("offset")).isEqualTo(3);
            assertThat(ann.refused("history", "{'channel':'%s','limit':5,'since':{%s}}", channel, position))
                    .isEqualTo(112);
            ann.publish(channel, "4");
            assertThat(ann.heard(channel)).isEqualTo("4");
        }
    }

    /** So many lines, in however few messages. */
    private static List<String> lines(RawWebSocket client, int count) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.toString().lines().count() < count) {
            text.append(client.receiveMessage().text()).append('\n');
        }
        return text.toString().lines().toList();
    }
}
