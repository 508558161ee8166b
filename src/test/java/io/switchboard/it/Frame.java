package io.switchboard.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket frame, legal or not, before it is masked (RFC 6455 section 5.2). */
public record Frame(boolean fin, int rsv, int opcode, byte[] payload) {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    public static Frame of(int opcode, byte[] payload) {
        return new Frame(true, 0, opcode, payload.clone());
    }

    public static Frame of(int opcode, String payload) {
        return of(opcode, payload.getBytes(StandardCharsets.UTF_8));
    }

    public static Frame text(String payload) {
        return of(TEXT, payload);
    }

    public static Frame close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return of(
                CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    /** Returns this frame without the FIN bit. */
    public Frame unfinished() {
        return new Frame(false, rsv, opcode, payload);
    }

    /** Returns this frame with these three reserved bits (RSV1 = 4, RSV2 = 2, RSV3 = 1). */
    public Frame reserved(int bits) {
        return new Frame(fin, bits, opcode, payload);
    }

    /** Returns the payload as UTF-8 text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Returns the code of a close frame, 1005 when it carries none. */
    public int closeCode() {
        return payload.length < 2
                ? 1005
                : Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
    }

    /** Returns the bytes a client sends with this masking key, in the shortest length form. */
    public byte[] masked(int key) {
        byte[] mask = ByteBuffer.allocate(4).putInt(key).array();
        byte[] body = payload.clone();
        for (int i = 0; i < body.length; i++) {
            body[i] ^= mask[i & 3];
        }
        return wire(0x80, mask, body);
    }

    /** Returns the bytes of a frame without a mask, which a client must not send. */
    public byte[] unmasked() {
        return wire(0, new byte[0], payload);
    }

    private byte[] wire(int maskBit, byte[] mask, byte[] body) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte((fin ? 0x80 : 0) | rsv << 4 | opcode);
            if (body.length < 126) {
                out.writeByte(maskBit | body.length);
            } else if (body.length < 65_536) {
                out.writeByte(maskBit | 126);
                out.writeShort(body.length);
            } else {
                out.writeByte(maskBit | 127);
                out.writeLong(body.length);
            }
            out.write(mask);
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads one frame of a server; a masked one is an error (RFC 6455 section 5.1). */
    static Frame read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        if (second >= 0x80) {
            throw new IOException("the server masked a frame");
        }
        long length = second == 127 ? in.readLong() : second == 126 ? in.readUnsignedShort() : second;
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame(first >= 0x80, first >> 4 & 7, first & 15, payload);
    }
}
