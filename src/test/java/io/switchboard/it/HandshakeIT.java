package io.switchboard.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 byte by byte between a bare socket and {@code /echo} of the built WAR. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class HandshakeIT {
    private static final String CONTAINER = System.getProperty("container");
    private static final int LIMIT = 65_536;

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return War.asBuilt();
    }

    @Test
    void acceptIsDerivedFromTheKey() throws IOException {
        try (var client = RawWebSocket.connect(Site.of(base).ws("/echo"))) {
            Answer answer = client.handshake("x3JJHMbDL1EzLkh9GBhXDw==");
            assertThat(answer.statusLine()).startsWith("HTTP/1.1 101");
            assertThat(answer.headers())
                    .containsEntry("Sec-WebSocket-Accept", "HSmrc0sMlYUkAGmm5OPpG2HaGWk=")
                    .hasEntrySatisfying("Upgrade", value -> assertThat(value).isEqualToIgnoringCase("websocket"))
                    .hasEntrySatisfying("Connection", value -> assertThat(value).isEqualToIgnoringCase("upgrade"))
                    .doesNotContainKey("Sec-WebSocket-Extensions");
        }
    }

    @Test
    void theReferenceClientHearsTextBinaryAndPong() throws Exception {
        try (var client = TyrusClient.open(Site.of(base).ws("/echo"))) {
            client.say("Hello 世界");
            assertThat(client.hear()).isEqualTo("回声: Hello 世界");
            client.say(new byte[] {0, 1, (byte) 255});
            assertThat(client.hear()).isEqualTo(new byte[] {0, 1, (byte) 255});
            client.ping(new byte[] {7});
            assertThat(client.hear()).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
            client.leave(4001, "enough");
            assertThat(client.closed().getCloseCode().getCode()).isEqualTo(4001);
        }
    }

    @Test
    void theReferenceClientIsToldWithoutHavingAsked() throws Exception {
        try (var one = TyrusClient.open(Site.of(base).ws("/pipe/chat:handshake"));
                var other = TyrusClient.open(Site.of(base).ws("/pipe/chat:handshake"))) {
            one.say("first");
            assertThat(one.hear()).isEqualTo("first");
            other.say("for you");
            assertThat(one.hear()).isEqualTo("for you");
            one.say(new byte[] {1});
            assertThat(one.closed().getCloseCode().getCode()).isEqualTo(1003);
        }
    }

    @Test
    void maskedHelloComesBackUnmasked() throws IOException {
        byte[] hello = Frame.text("Hello").masked(0x12345678);
        assertThat(hello).isEqualTo(HexFormat.of().parseHex("818512345678" + "5a513a147d"));
        try (var client = open("/echo?raw")) {
            client.sendBytes(hello);
            assertText(client.receiveMessage(), "Hello");
        }
    }

    @Test
    void echoGreetsInChinese() throws IOException {
        try (var client = open("/echo")) {
            client.send(Frame.text("Hello"));
            assertText(client.receiveMessage(), "回声: Hello");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, LIMIT})
    void everyLengthFormBothWays(int length) throws IOException {
        try (var client = open("/echo?raw")) {
            String text = "x".repeat(length);
            client.send(Frame.text(text));
            assertText(client.receiveMessage(), text);
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 0xfe);
            client.send(Frame.of(Frame.BINARY, bytes));
            Frame back = client.receiveMessage();
            assertThat(back.opcode()).isEqualTo(Frame.BINARY);
            assertThat(back.payload()).isEqualTo(bytes);
        }
    }

    @Test
    void limitCountsBytesNotCharacters() throws IOException {
        try (var client = open("/echo?raw")) {
            String text = "a" + "线".repeat(LIMIT / 3);
            assertThat(text.getBytes(UTF_8)).hasSize(LIMIT);
            client.send(Frame.text(text));
            assertText(client.receiveMessage(), text);
            client.send(Frame.text(text + "b"));
            assertThat(client.receiveClose()).isEqualTo(1009);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Frame.TEXT, Frame.BINARY})
    void oneByteMoreIsTooBig(int opcode) throws IOException {
        try (var client = open("/echo?raw")) {
            client.send(Frame.of(opcode, "x".repeat(LIMIT + 1)));
            assertThat(client.receiveClose()).isEqualTo(1009);
        }
    }

    @Test
    void pingBetweenFragmentsIsAnsweredAtOnce() throws IOException {
        try (var client = open("/echo?raw")) {
            client.send(Frame.text("one ").unfinished());
            client.send(Frame.of(Frame.PING, "are you there"));
            Frame pong = client.receive();
            assertThat(pong.opcode()).isEqualTo(Frame.PONG);
            assertThat(pong.text()).isEqualTo("are you there");
            client.send(Frame.of(Frame.CONTINUATION, "two ").unfinished());
            client.send(Frame.of(Frame.CONTINUATION, "three"));
            assertText(client.receiveMessage(), "one two three");
        }
    }

    @Test
    void characterSplitBetweenFragmentsSurvives() throws IOException {
        byte[] bell = "🔔".getBytes(UTF_8);
        try (var client = open("/echo?raw")) {
            client.send(Frame.of(Frame.TEXT, Arrays.copyOf(bell, 2)).unfinished());
            client.send(Frame.of(Frame.CONTINUATION, Arrays.copyOfRange(bell, 2, 4)));
            assertText(client.receiveMessage(), "🔔");
        }
    }

    @Test
    void unsolicitedPongIsIgnored() throws IOException {
        try (var client = open("/echo?raw")) {
            client.send(Frame.of(Frame.PONG, "nobody asked"));
            client.send(Frame.text("still here"));
            assertText(client.receiveMessage(), "still here");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 4001})
    void closeCodeOfTheClientIsEchoed(int code) throws IOException {
        try (var client = open("/echo")) {
            client.send(Frame.close(code, "bye"));
            assertThat(client.receiveClose()).isEqualTo(code);
        }
    }

    @Test
    void protocolErrorsAreRefused() throws IOException {
        assertThat(closeCodeAfter(Frame.text("x").reserved(4).masked(7))).isEqualTo(1002);
        assertThat(closeCodeAfter(Frame.of(Frame.PING, "x").unfinished().masked(7)))
                .isEqualTo(1002);
        assertThat(closeCodeAfter(Frame.of(Frame.PING, "x".repeat(126)).masked(7)))
                .isEqualTo(1002);
        assertThat(closeCodeAfter(Frame.of(Frame.CONTINUATION, "x").masked(7))).isEqualTo(1002);
        assertThat(closeCodeAfter(Frame.of(3, "x").masked(7))).isEqualTo(1002);
        assertThat(closeCodeAfter(Frame.close(1005, "").masked(7))).isEqualTo(1002);
    }

    @Test
    void unmaskedFrameIsRefusedExceptByPayara() throws IOException {
        try (var client = open("/echo?raw")) {
            client.sendBytes(Frame.text("bare").unmasked());
            if ("payara".equals(CONTAINER)) {
                // Tyrus takes it although RFC 6455 section 5.1 says that it must not.
                assertText(client.receiveMessage(), "bare");
            } else {
                assertThat(client.receiveClose()).isEqualTo(1002);
            }
        }
    }

    @Test
    void textThatIsNoUtf8IsRefused() throws IOException {
        assertThat(closeCodeAfter(Frame.of(Frame.TEXT, "\u00c3\u0028".getBytes(ISO_8859_1))
                        .masked(7)))
                .isEqualTo(1007);
    }

    @Test
    void bothDirectionsAtTheSameTime() throws IOException {
        int messages = 500;
        try (var client = open("/echo?raw")) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(
                    () -> IntStream.range(0, messages).forEach(number -> sendUnchecked(client, message(number))));
            for (int number = 0; number < messages; number++) {
                assertText(client.receiveMessage(), message(number));
            }
            assertThat(writer).succeedsWithin(10, TimeUnit.SECONDS);
        }
    }

    private static String message(int number) {
        return number + " ".repeat(number % 300);
    }

    private static void sendUnchecked(RawWebSocket client, String text) {
        try {
            client.send(Frame.text(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int closeCodeAfter(byte[] bytes) throws IOException {
        try (var client = open("/echo?raw")) {
            client.sendBytes(bytes);
            return client.receiveClose();
        }
    }

    private RawWebSocket open(String path) throws IOException {
        return RawWebSocket.open(Site.of(base).ws(path));
    }

    private static void assertText(Frame frame, String text) {
        assertThat(frame.opcode()).isEqualTo(Frame.TEXT);
        assertThat(frame.text()).isEqualTo(text);
    }
}
