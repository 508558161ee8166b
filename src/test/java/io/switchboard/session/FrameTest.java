package io.switchboard.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text frames as bytes: RFC 6455, section 5.2. */
class FrameTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 70_000})
    void theHeaderSaysHowLongThePayloadIs(int size) throws IOException {
        String text = "x".repeat(size);
        var in = new DataInputStream(new ByteArrayInputStream(Frame.of(text).wire()));

        assertThat(in.readUnsignedByte()).as("FIN and text").isEqualTo(0x81);
        int length = in.readUnsignedByte();
        assertThat(length).isEqualTo(size < 126 ? size : size < 65_536 ? 126 : 127);
        long extended = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        assertThat(extended).isEqualTo(size);
        assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(text);
    }

    @Test
    void thePayloadIsUtf8AndABufferOfTheCallersOwn() {
        Frame.Text frame = Frame.of("ä回\ud83d\ude00");

        assertThat(UTF_8.decode(frame.payload()).toString()).isEqualTo("ä回\ud83d\ude00");
        assertThat(frame.payload().remaining()).isEqualTo(frame.size()).isEqualTo(9);
        assertThat(frame.wire()).isSameAs(frame.wire());
    }
}
