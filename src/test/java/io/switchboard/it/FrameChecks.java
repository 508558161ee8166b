package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where containers are left some freedom by RFC 6455, or take it. */
interface FrameChecks {
    String CONTAINER = System.getProperty("container");

    Bystander bystander();

    @Test
    default void unmaskedFrameIsRefusedExceptByPayara() throws IOException {
        try (var client = bystander().open()) {
            client.sendBytes(Frame.text(Nonsense.CONNECT).unmasked());
            if ("payara".equals(CONTAINER)) {
                // Tyrus takes it although RFC 6455 section 5.1 says that it must not.
                assertThat(client.receiveMessage().text()).contains("\"client\"");
            } else {
                assertThat(client.receiveClose()).isEqualTo(1002);
                bystander().assertCounted(Mischief.asSeen(1002));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits; server_no_context_takeover",
                "permessage-deflate; server_max_window_bits=8, permessage-deflate",
                "permessage-deflate; client_max_window_bits=99; unknown=\"x\"",
                "x-webkit-deflate-frame, mux; max-channels=4",
                "permessage-deflate;;;=,,"
            })
    default void compressionIsNeverNegotiated(String offer) throws IOException {
        try (var client = RawWebSocket.connect(bystander().site().ws(LiveClient.PATH))) {
            Answer answer = client.handshake(RawWebSocket.KEY, "Sec-WebSocket-Extensions: " + offer);

            assertThat(answer.headers()).doesNotContainKey("Sec-WebSocket-Extensions");
            if (answer.status() == 101) {
                client.send(Frame.text(Nonsense.CONNECT));
                assertThat(client.receiveMessage().text()).contains("\"client\"");
                client.send(Frame.text(Nonsense.CONNECT).reserved(4));
                assertThat(client.receiveClose()).isEqualTo(1002);
                bystander().assertCounted(Mischief.asSeen(1002));
            } else {
                assertThat(answer.status()).isEqualTo(400);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 32, Long.MAX_VALUE})
    default void frameThatNeverEndsIsTooBig(long length) throws IOException {
        // Tyrus waits for the whole frame until its buffer of 4 MiB is full, and then fails
        int code = "payara".equals(CONTAINER) ? 1011 : 1009;
        try (var client = bystander().connect()) {
            client.sendBytes(BadFrames.claim(Frame.TEXT, 8, length, "x"));
            byte[] more = new byte[1 << 16];
            for (int i = 0; i < 100; i++) {
                client.sendBytes(more);
            }
            assertThat(Bystander.end(client)).isIn(code, 1006);
        } catch (SocketException cut) {
            // a container that does not read on once it has said so
        }
        bystander().assertCounted(code);
    }

    @Test
    default void nothingCountsAfterTheClientsOwnClose() throws IOException {
        try (var client = bystander().connect()) {
            byte[] close = Frame.close(1000, "bye").masked(7);
            byte[] late = Frame.text(publication()).masked(7);
            client.sendBytes(BadFrames.joined(close, late, close));
            assertThat(client.receiveClose()).isEqualTo(1000);
        }

        if ("wildfly".equals(CONTAINER)) {
            // Undertow may hand out what came behind a close frame first, and the answer is a write error
            await().until(() -> bystander().probe().sessions() == 1);
            assertThat(bystander().publications()).isLessThanOrEqualTo(1);
        } else {
            bystander().assertCounted(1000);
            assertThat(bystander().publications()).isZero();
        }
    }

    @Test
    default void nothingCountsAfterOurClose() throws IOException {
        try (var client = bystander().connect()) {
            client.sendBytes(BadFrames.joined(
                    Frame.text("{").masked(7), Frame.text(publication()).masked(7)));
            assertThat(client.receiveClose()).isEqualTo(3501);
            client.send(Frame.text(publication()));
        } catch (SocketException cut) {
            // some containers end the line at once
        }

        bystander().assertCounted(3501);
        assertThat(bystander().publications()).isZero();
    }

    @Test
    default void fragmentsAndPongsInBetweenAreLawful() throws IOException {
        try (var client = bystander().connect()) {
            client.send(Frame.text("").unfinished());
            for (byte each : "{\"id\":2,\"rpc\":{}}".getBytes()) {
                client.send(Frame.of(Frame.CONTINUATION, new byte[] {each}).unfinished());
                client.send(Frame.of(Frame.PONG, "nobody asked"));
                client.send(Frame.of(Frame.CONTINUATION, "").unfinished());
            }
            client.send(Frame.of(Frame.CONTINUATION, ""));

            assertThat(client.receiveMessage().text()).contains("\"id\":2,\"error\":{\"code\":108");
        }
    }

    private String publication() {
        return "{\"id\":9,\"publish\":{\"channel\":\"" + bystander().channel() + "\",\"data\":\"too late\"}}";
    }
}
