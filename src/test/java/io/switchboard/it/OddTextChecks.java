package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that is odd but lawful: it means what it says, and payloads are passed on as they are. */
interface OddTextChecks {
    List<String> FIELDS = List.of(
            "token",
            "epoch",
            "method",
            "sb_key",
            "offset",
            "flag",
            "type",
            "recover",
            "join_leave",
            "reverse",
            "limit");
    List<String> IGNORED_FIELDS = List.of(
            "since", "tf", "delta", "positioned", "recoverable", "b64data", "name", "version", "headers", "subs");

    Bystander bystander();

    /** Payloads that only just pass, or look as if they should not. */
    static Stream<String> payloads() {
        return Stream.of(
                "[".repeat(32) + "]".repeat(32),
                "{\"a\":".repeat(32) + "0" + "}".repeat(32),
                Nonsense.object(256),
                "1".repeat(40),
                "-0.5E+7",
                "1e999999999",
                "-1E-999999999",
                "\"" + "x".repeat(65_000) + "\"",
                "\"" + "\\u0041".repeat(10_000) + "\"",
                "\"" + "\\\\".repeat(30_000) + "\"",
                "\"\\u0000\"",
                "\"\\ud800 and \\udc00\"",
                "\"\\uD83D\\uDE00 😀\"",
                "\"</script>\u2028\u2029\uFEFF\"",
                "{\"a\":1,\"a\":2,\"\":3}",
                "[" + "[],".repeat(20_000) + "[]]",
                "null");
    }

    @ParameterizedTest
    @MethodSource("io.switchboard.it.OddTextChecks#payloads")
    default void payloadsArriveAsTheyAreWritten(String payload) throws IOException {
        String channel = fresh("big");
        try (var reader = bystander().connect();
                var ann = LiveClient.connect(bystander().site())) {
            reader.send(Frame.text("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}"));
            reader.receiveMessage();
            ann.publish(channel, payload);

            assertThat(reader.receiveMessage().text())
                    .startsWith("{\"push\":{\"channel\":\"" + channel + "\",\"pub\":{\"data\":" + payload
                            + ",\"offset\":1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00 \\ud800", "\\u0000", "\\u2028\\ufeff", "\\\\\\\"", "<&'>"})
    default void oddKeysComeBackAsJson(String key) throws IOException {
        String channel = fresh("big");
        try (var reader = bystander().connect();
                var ann = bystander().connect()) {
            reader.send(Frame.text("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}"));
            reader.receiveMessage();
            ann.send(Frame.text(
                    "{\"id\":2,\"publish\":{\"channel\":\"" + channel + "\",\"data\":1,\"sb_key\":\"" + key + "\"}}"));

            JsonObject tags = Probe.read(reader.receiveMessage().text())
                    .getJsonObject("push")
                    .getJsonObject("pub")
                    .getJsonObject("tags");
            assertThat(tags.getString("key"))
                    .isEqualTo(Probe.read("{\"k\":\"" + key + "\"}").getString("k"));
        }
    }

    @Test
    default void nullIsTheSameAsNothingInEveryField() {
        String channel = fresh("big");
        try (var ann = LiveClient.open(bystander().site())) {
            ann.ask("connect", nulls("'data':null"));
            for (String each :
                    Stream.concat(FIELDS.stream(), IGNORED_FIELDS.stream()).toList()) {
                for (String more : List.of("'" + each + "':null", nulls("").replaceAll("[{}]", ""))) {
                    String request = "{'channel':'" + channel + "'," + more + "}";
                    assertThat(ann.ask("subscribe", request)).containsKey("epoch");
                    ann.ask("publish", request.replace("{", "{'data':null,"));
                    assertThat(ann.heard(channel)).isEqualTo("null");
                    assertThat(ann.ask("history", request)).containsKey("epoch");
                    assertThat(ann.ask("presence", request).getJsonObject("presence"))
                            .hasSize(1);
                    assertThat(ann.ask("presence_stats", request).getInt("num_clients"))
                            .isEqualTo(1);
                    assertThat(ann.refused("sub_refresh", request)).isEqualTo(108);
                    assertThat(ann.refused("rpc", request)).isEqualTo(108);
                    ann.say("send", request);
                    ann.ask("unsubscribe", request);
                }
            }
            assertThat(ann.refused("publish", nulls("'channel':'" + channel + "'")))
                    .isEqualTo(107);
        }
    }

    /** All fields, all null. */
    private static String nulls(String first) {
        return Stream.concat(FIELDS.stream(), IGNORED_FIELDS.stream())
                .map(field -> "'" + field + "':null")
                .collect(Collectors.joining(",", "{" + first + (first.isEmpty() ? "" : ","), "}"));
    }
}
