package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Too much of what is lawful: many frames, many commands. */
interface FloodChecks {
    String STILL_THERE = "{\"id\":2,\"rpc\":{}}";

    Bystander bystander();

    @Test
    default void aMillionEmptyFragmentsHurtNobody() throws IOException {
        try (var client = bystander().connect()) {
            client.send(Frame.text("").unfinished());
            flood(client, Frame.of(Frame.CONTINUATION, "").unfinished(), 1_000_000);
            client.send(Frame.of(Frame.CONTINUATION, STILL_THERE));

            assertThat(client.receiveMessage().text()).contains("\"id\":2,\"error\":{\"code\":108");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a pong that says more than it has to"})
    default void aMillionPongsHurtNobody(String payload) throws IOException {
        try (var client = bystander().connect()) {
            flood(client, Frame.of(Frame.PONG, payload), 1_000_000);
            client.send(Frame.text(STILL_THERE));

            assertThat(client.receiveMessage().text()).contains("\"id\":2,\"error\":{\"code\":108");
        }
    }

    @Test
    default void aHundredThousandPongsOfTheProtocolHurtNobody() throws IOException {
        try (var client = bystander().connect()) {
            flood(client, Frame.text("{}\n".repeat(1_000)), 100);
            client.send(Frame.text(STILL_THERE));

            assertThat(client.receiveMessage().text()).contains("\"id\":2,\"error\":{\"code\":108");
        }
    }

    @Test
    default void tenThousandCommandsAreAllAnsweredInTurn() {
        try (var ann = LiveClient.connect(bystander().site())) {
            for (int frame = 0; frame < 10; frame++) {
                ann.send(IntStream.range(frame * 1_000, (frame + 1) * 1_000)
                        .mapToObj(i -> "{\"rpc\":{},\"id\":" + (i + 10) + "}")
                        .collect(Collectors.joining("\n")));
            }
            for (int i = 0; i < 10_000; i++) {
                JsonObject reply = ann.reply(i + 10);
                assertThat(reply.getJsonObject("error").getInt("code")).isEqualTo(108);
            }
        }
    }

    /** Sends a frame many times, a thousand in a packet. */
    static void flood(RawWebSocket client, Frame frame, int count) throws IOException {
        byte[] one = frame.masked(7);
        byte[][] thousand = new byte[Math.min(count, 1_000)][];
        Arrays.fill(thousand, one);
        byte[] packet = BadFrames.joined(thousand);
        for (int sent = 0; sent < count; sent += thousand.length) {
            client.sendBytes(packet);
        }
    }
}
