package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who misbehaves is closed, and nobody else. */
interface MischiefChecks {
    /** Ways of a connection to end without a close frame. */
    enum Cut {
        FIN,
        RST
    }

    Bystander bystander();

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.switchboard.it.Mischief#all")
    default void mischiefEndsItsOwnSession(Mischief mischief) throws IOException {
        assertThat(bystander().endAfter(mischief)).as(mischief.what()).isEqualTo(mischief.code());

        bystander().assertCounted(mischief.counted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1,\"rpc\":{}}", "{\"send\":{}}", "{}", "", "{", "null", "GET / HTTP/1.1\r\n\r\n"})
    default void nothingMayBeSaidBeforeConnect(String text) throws IOException {
        try (var client = bystander().open()) {
            client.send(Frame.text(text));
            client.send(Frame.text(Nonsense.CONNECT));
            assertThat(client.receiveClose()).isEqualTo(3501);
        }

        bystander().assertCounted(3501);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overflow the stack", ""})
    default void faultOfOursEndsTheSessionThatMetItOnly(String text) throws IOException {
        long before = bystander().probe().counter("sessions.failed");
        try (var client = RawWebSocket.open(bystander().site().ws(FailingEndpoint.PATH))) {
            client.send(Frame.text(text));
            assertThat(client.receiveClose()).isEqualTo(3004);
        }

        bystander().assertCounted(3004);
        assertThat(bystander().probe().counter("sessions.failed")).isEqualTo(before + 1);
    }

    @Test
    default void binaryIsNotSpokenHere() throws IOException {
        assertThat(bystander().endAfter(Mischief.frames("binary", 3506, Frame.of(Frame.BINARY, "x"))))
                .isEqualTo(3506);

        bystander().assertCounted(3506);
    }

    @Test
    default void binaryIsNotForThePipe() throws IOException {
        try (var pipe =
                RawWebSocket.open(bystander().site().ws("/pipe/" + bystander().channel()))) {
            pipe.send(Frame.of(Frame.BINARY, "x"));
            assertThat(pipe.receiveClose()).isEqualTo(1003);
        }
        bystander().assertCounted(1003);
    }

    @ParameterizedTest
    @EnumSource
    default void cutLineIsNoticed(Cut cut) throws IOException {
        try (var client = bystander().connect()) {
            client.send(
                    Frame.text("{\"subscribe\":{\"channel\":\"" + bystander().channel() + "\"},\"id\":2}"));
            bystander().awaitMembers(2);

            if (cut == Cut.FIN) {
                client.finish();
            } else {
                client.reset();
            }

            bystander().awaitMembers(1);
        }
        bystander().assertCounted(1006);
    }

    @Test
    default void manyBadOnesAtOnceAreGoneAsWell() throws IOException {
        int count = 40;
        List<RawWebSocket> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(bystander().open());
        }
        for (RawWebSocket client : clients) {
            client.send(Frame.text("{" + Nonsense.CONNECT));
        }
        for (RawWebSocket client : clients) {
            assertThat(client.receiveClose()).isEqualTo(3501);
            client.close();
        }
    }
}
