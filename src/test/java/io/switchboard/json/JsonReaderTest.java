package io.switchboard.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The strict reader takes what RFC 8259 calls JSON, within its bounds, and nothing else. */
class JsonReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-0",
                "1",
                "-12.5e+3",
                "1E9",
                "\"\"",
                "\"a\\u00e4\\n\\\"\"",
                "[]",
                "{}",
                "[1,2,3]",
                "{\"a\":{\"b\":[{}]}}",
                "[[],{},\"\"]",
                "\"回声\"",
                "\"\\ud800\""
            })
    void jsonIsSlicedAsItIsWritten(String json) {
        JsonReader reader = new JsonReader(" " + json + " ");

        assertThat(reader.raw()).isEqualTo(json);
        assertThat(reader.more()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nul",
                "tru",
                "+1",
                "01x",
                ".5",
                "1.",
                "1e",
                "--1",
                "'a'",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\t\"",
                "[",
                "]",
                "[1",
                "[1,",
                "[,1]",
                "{",
                "{a:1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{1:2}",
                "[}",
                "{]",
                "\uFEFF1",
                "NaN",
                "Infinity",
                "\"\\uＡＡＡＡ\""
            })
    void whatIsNotJsonIsAFault(String text) {
        assertThatThrownBy(() -> {
                    JsonReader reader = new JsonReader(text);
                    reader.raw();
                    while (reader.more()) {
                        reader.raw();
                    }
                })
                .isInstanceOf(JsonFault.class);
    }

    @Test
    void rawLineBreaksBetweenTokensAreTakenOut() {
        assertThat(new JsonReader("{\"a\":\r\n [1,\n2]}").raw()).isEqualTo("{\"a\": [1,2]}");
    }

    @Test
    void depthNumbersAndMembersAreBounded() {
        assertThat(new JsonReader("[".repeat(32) + "]".repeat(32)).raw()).hasSize(64);
        assertFault("[".repeat(33) + "]".repeat(33), "nested too deeply");
        assertFault("[".repeat(30_000), "nested too deeply");
        assertThat(new JsonReader("1".repeat(40)).raw()).hasSize(40);
        assertFault("1".repeat(60_000), "number too long");
        assertThat(new JsonReader(members(256)).raw()).startsWith("{");
        assertFault(members(257), "too many members");
        assertThat(new JsonReader("[" + "0,".repeat(10_000) + "0]").raw()).hasSize(20_003);
    }

    @Test
    void membersAreReadByName() {
        JsonReader reader = new JsonReader("{\"a\" : 7 , \"b\":\"x\\ty\", \"c\":true,\"d\":null,\"e\":{\"f\":[1]}} {}");
        reader.enter();
        assertThat(reader.next()).isTrue();
        assertThat(reader.name()).isEqualTo("a");
        assertThat(reader.natural()).isEqualTo(7);
        assertThat(reader.next()).isTrue();
        assertThat(reader.string()).contains("x\ty");
        assertThat(reader.next()).isTrue();
        assertThat(reader.bool()).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.string()).isEmpty();
        assertThat(reader.next()).isTrue();
        reader.skip();
        assertThat(reader.next()).isFalse();
        assertThat(reader.more()).isTrue();
        reader.enter();
        assertThat(reader.next()).isFalse();
        assertThat(reader.more()).isFalse();
    }

    @Test
    void arraysAreReadValueByValue() {
        JsonReader reader = new JsonReader(" [ \"a\" , [] ,{\"b\":[1]}, [[2]] ] []");
        reader.enterArray();
        assertThat(reader.nextElement()).isTrue();
        assertThat(reader.string()).contains("a");
        assertThat(reader.nextElement()).isTrue();
        reader.enterArray();
        assertThat(reader.nextElement()).isFalse();
        assertThat(reader.nextElement()).isTrue();
        assertThat(reader.raw()).isEqualTo("{\"b\":[1]}");
        assertThat(reader.nextElement()).isTrue();
        reader.skip();
        assertThat(reader.nextElement()).isFalse();
        assertThat(reader.raw()).isEqualTo("[]");
        assertThat(reader.more()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "[1]]", "null"})
    void whatIsNoArrayIsAFault(String text) {
        assertThatThrownBy(() -> {
                    JsonReader reader = new JsonReader(text);
                    reader.enterArray();
                    while (reader.nextElement()) {
                        reader.skip();
                    }
                    if (reader.more()) {
                        reader.raw();
                    }
                })
                .isInstanceOf(JsonFault.class);
    }

    @Test
    void membersOfEnteredObjectsAreBoundedAsWell() {
        assertThat(count(members(256))).isEqualTo(256);
        assertThat(count("{\"a\":" + members(256) + "}")).isEqualTo(1);
        assertThatThrownBy(() -> count(members(257)))
                .isInstanceOf(JsonFault.class)
                .hasMessageContaining("too many members");
    }

    @Test
    void objectsAreEnteredFourDeepAtMost() {
        JsonReader reader = new JsonReader("{\"a\":".repeat(5));
        for (int i = 0; i < 4; i++) {
            reader.enter();
            assertThat(reader.next()).isTrue();
        }
        assertThatThrownBy(reader::enter).isInstanceOf(JsonFault.class).hasMessageContaining("nested too deeply");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "9223372036854775808", "\"1\"", "1e3", "[]"})
    void whatIsNoNaturalNumberIsAFault(String text) {
        assertThatThrownBy(() -> new JsonReader(text).natural()).isInstanceOf(JsonFault.class);
    }

    private static void assertFault(String text, String message) {
        assertThatThrownBy(() -> new JsonReader(text).raw())
                .isInstanceOf(JsonFault.class)
                .hasMessageContaining(message);
    }

    private static int count(String object) {
        JsonReader reader = new JsonReader(object);
        reader.enter();
        int count = 0;
        for (; reader.next(); count++) {
            reader.skip();
        }
        return count;
    }

    private static String members(int count) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":0");
        }
        return json.append('}').toString();
    }
}
