package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pipe: one channel as plain text on a plain WebSocket. */
interface PipeChecks {
    Site site();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "\"quoted\" \\ and {\"not\": \"parsed\"}",
                "one\ntwo\r\nthree\ttabbed",
                "\u0001\u001f\u007f\u2028",
                "你好，线路 🙂 e\u0301"
            })
    default void whatOneEndSaysTheOtherHearsByteForByte(String text) throws IOException {
        String channel = fresh("big");
        try (var one = pipe(channel);
                var other = pipe(channel)) {
            awaitReaders(channel, 2);

            one.send(Frame.text(text));

            assertText(other.receiveMessage(), text);
            assertText(one.receiveMessage(), text);
            other.send(Frame.text(text + "!"));
            assertText(one.receiveMessage(), text + "!");
        }
    }

    @Test
    default void largestTextPassesAndOneByteMoreIsTooBig() throws IOException {
        String channel = fresh("big");
        String text = "线".repeat(65_535 / 3) + "\n";
        try (var one = pipe(channel);
                var other = pipe(channel)) {
            awaitReaders(channel, 2);

            one.send(Frame.text(text));
            assertText(other.receiveMessage(), text);
            one.send(Frame.text(text + "x"));

            assertThat(one.receiveClose()).isEqualTo(1009);
        }
    }

    @Test
    default void nativeClientHearsTextAsAStringAndThePipeHearsObjectsAsText() throws IOException {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site());
                var one = pipe(channel)) {
            ann.subscribe(channel);
            awaitReaders(channel, 2);

            one.send(Frame.text("say \"你好\"\n"));
            assertThat(ann.heard(channel)).isEqualTo("\"say \\\"你好\\\"\\n\"");
            assertText(one.receiveMessage(), "say \"你好\"\n");

            ann.publish(channel, "{'a': [1, 'x']}");
            assertText(one.receiveMessage(), "{\"a\": [1, \"x\"]}");
            ann.publish(channel, "'a \\u00e9'");
            assertText(one.receiveMessage(), "a é");
            ann.publish(channel, "1.50");
            assertText(one.receiveMessage(), "1.50");
        }
    }

    @ParameterizedTest
    @CsvSource({"nowhere:x, 4602", "nameless, 4602", "closed:x, 4603", "staff:x, 4603", "$big:x, 4603", "big:*, 4607"})
    default void pipeThatIsNotToBeIsClosedWithTheProblem(String channel, int code) throws IOException {
        try (var one = pipe(channel)) {
            assertThat(one.receiveClose()).isEqualTo(code);
        }
    }

    @Test
    default void escapesInThePathNameTheChannelTheyStandFor() throws IOException {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site());
                var one = pipe(channel.replace(":", "%3A"))) {
            ann.subscribe(channel);
            awaitReaders(channel, 2);

            one.send(Frame.text("through"));

            assertThat(ann.heard(channel)).isEqualTo("\"through\"");
        }
    }

    @Test
    default void listOfUsersInThePathIsObeyed() throws IOException {
        String channel = fresh("big") + "#ann,bob";
        try (var ann = RawWebSocket.open(site().ws("/pipe/" + channel.replace("#", "%23")), SignIn.USER + ": ann");
                var nobody = pipe(channel.replace("#", "%23"))) {
            assertThat(nobody.receiveClose()).isEqualTo(4603);

            ann.send(Frame.text("for the two of us"));

            assertText(ann.receiveMessage(), "for the two of us");
        }
    }

    @Test
    default void whoMayListenButNotSpeakIsClosedWhenSpeaking() throws IOException {
        String channel = fresh("staff");
        try (var ann = RawWebSocket.open(site().ws("/pipe/" + channel), SignIn.USER + ": ann")) {
            awaitReaders(channel, 1);
            new Probe(site()).ask("publishText", "channel", channel, "data", "all hear this");
            assertText(ann.receiveMessage(), "all hear this");

            ann.send(Frame.text("me too"));

            assertThat(ann.receiveClose()).isEqualTo(4603);
        }
    }

    @ParameterizedTest
    @CsvSource({"2000, 3503", "2500, 3010"})
    default void pipeEndsWithItsSubscription(int unsubscribed, int closed) throws IOException {
        String channel = fresh("staff");
        String user = "piper" + unsubscribed;
        try (var one = RawWebSocket.open(site().ws("/pipe/" + channel), SignIn.USER + ": " + user)) {
            awaitReaders(channel, 1);

            new Probe(site()).ask("unsubscribe", "user", user, "channel", channel, "code", unsubscribed);

            assertThat(one.receiveClose()).isEqualTo(closed);
        }
    }

    private RawWebSocket pipe(String channel) throws IOException {
        return RawWebSocket.open(site().ws("/pipe/" + channel));
    }

    /** A pipe does not say when it hears: presence does. */
    private void awaitReaders(String channel, int count) {
        Awaitility.await()
                .until(() -> new Probe(site())
                                .ask("presence", "channel", channel)
                                .getJsonArray("clients")
                                .size()
                        == count);
    }

    private static void assertText(Frame frame, String text) {
        assertThat(frame.opcode()).isEqualTo(Frame.TEXT);
        assertThat(frame.text()).isEqualTo(text);
    }
}
