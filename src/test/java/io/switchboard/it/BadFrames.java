package io.switchboard.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** Frames that RFC 6455 forbids, and text that is no UTF-8. */
final class BadFrames {
    private static final int LAST = 0x80;
    private static final int NO_MASK = 0;

    private BadFrames() {}

    /** Frames that are wrong in themselves, or where they stand. */
    static Stream<Mischief> all() {
        List<Mischief> all = new ArrayList<>();
        for (int bits : new int[] {1, 2, 4, 7}) {
            all.add(wrong("reserved bits " + bits, Frame.text(Nonsense.CONNECT).reserved(bits)));
        }
        all.add(wrong("a reserved bit of a ping", Frame.of(Frame.PING, "x").reserved(1)));
        all.add(wrong(
                "a reserved bit of a continuation",
                Frame.text("{").unfinished(),
                Frame.of(Frame.CONTINUATION, "}").reserved(2)));
        for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            all.add(wrong("opcode " + opcode, Frame.of(opcode, "x")));
        }
        all.add(wrong("opcode 3 without end", Frame.of(3, "x").unfinished()));
        all.add(wrong("a continuation of nothing", Frame.of(Frame.CONTINUATION, "x")));
        all.add(wrong("a text inside of another", Frame.text("{").unfinished(), Frame.text("}")));
        all.add(wrong("binary inside of a text", Frame.text("{").unfinished(), Frame.of(Frame.BINARY, "}")));
        for (int opcode : new int[] {Frame.PING, Frame.PONG, Frame.CLOSE}) {
            all.add(wrong(
                    "half a frame of opcode " + opcode, Frame.of(opcode, "").unfinished()));
            all.add(wrong("126 bytes in opcode " + opcode, Frame.of(opcode, "x".repeat(126))));
        }
        all.add(Mischief.bytes("a ping of 65,536 bytes", 1002, claim(Frame.PING, 8, 65_536, "x".repeat(65_536))));
        all.add(topBit("a length of 2^63", Long.MIN_VALUE));
        // which Tyrus takes for -1, and fails
        all.add(topBit("a length of 2^64 - 1", -1).in("payara", 1011));
        // 3501 means that the frame was taken for a second connect
        all.add(Mischief.bytes(
                "a short length in 2 bytes", 3501, claim(Frame.TEXT, 2, Nonsense.CONNECT.length(), Nonsense.CONNECT)));
        all.add(Mischief.bytes(
                "a short length in 8 bytes", 3501, claim(Frame.TEXT, 8, Nonsense.CONNECT.length(), Nonsense.CONNECT)));
        all.addAll(closes());
        all.addAll(compressed());
        return all.stream();
    }

    /** Text messages that are no UTF-8. */
    static Stream<Mischief> texts() {
        List<Mischief> all = new ArrayList<>();
        for (String bytes : new String[] {"ff", "c0af", "eda080", "f4908080", "e282", "80", "f0808081"}) {
            all.add(notUtf8("UTF-8 of " + bytes, Frame.of(Frame.TEXT, bytes(bytes))));
        }
        all.add(notUtf8("no UTF-8 in a string", Frame.of(Frame.TEXT, "{\"\u00c3\u0028\"".getBytes(ISO_8859_1))));
        all.add(notUtf8("UTF-8 broken off between fragments", half("f09f"), last("28")));
        all.add(notUtf8("UTF-8 broken off at the end", half("f09f"), last("94")));
        all.add(notUtf8("half a surrogate pair in each fragment", half("eda0bd"), last("edb494")));
        return all.stream();
    }

    private static List<Mischief> closes() {
        List<Mischief> all = new ArrayList<>();
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535}) {
            all.add(wrong("close code " + code, Frame.close(code, "")).counted("wildfly", 1002));
        }
        all.add(wrong("half a close code", Frame.of(Frame.CLOSE, "x")));
        byte[] reason = {0x03, (byte) 0xe8, (byte) 0xc3, 0x28};
        all.add(notUtf8("a reason that is no UTF-8", Frame.of(Frame.CLOSE, reason))
                .counted("wildfly", 1007)
                .in("tomee", 1002));
        return all;
    }

    /** permessage-deflate is never negotiated, so these are reserved bits like any other. */
    private static List<Mischief> compressed() {
        byte[] bomb = deflate(new byte[60_000_000]);
        return List.of(
                wrong(
                        "a final block of deflate",
                        Frame.of(Frame.TEXT, bytes("4b04000300")).reserved(4)),
                wrong(
                        "an empty final block of deflate",
                        Frame.of(Frame.TEXT, bytes("0300")).reserved(4)),
                wrong(
                        "60 MB in " + bomb.length + " bytes",
                        Frame.of(Frame.TEXT, bomb).reserved(4)),
                wrong(
                        "deflate in fragments",
                        new Frame(false, 4, Frame.TEXT, Arrays.copyOf(bomb, 20_000)),
                        Frame.of(Frame.CONTINUATION, Arrays.copyOfRange(bomb, 20_000, bomb.length))));
    }

    /** The head of a masked frame with a length in 2 or 8 bytes, right or wrong, and what follows it. */
    static byte[] claim(int opcode, int lengthBytes, long length, String payload) {
        byte[] body = payload.getBytes(UTF_8);
        ByteBuffer out = ByteBuffer.allocate(14 + body.length).put((byte) (LAST | opcode));
        if (lengthBytes == 2) {
            out.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            out.put((byte) (0x80 | 127)).putLong(length);
        }
        out.putInt(NO_MASK).put(body);
        return Arrays.copyOf(out.array(), out.position());
    }

    static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Stream.of(parts).mapToInt(part -> part.length).sum());
        Stream.of(parts).forEach(all::put);
        return all.array();
    }

    private static byte[] deflate(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(plain);
        deflater.finish();
        byte[] out = new byte[1 << 17];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static Mischief topBit(String what, long length) {
        return Mischief.bytes(what, 1002, claim(Frame.TEXT, 8, length, "x")).followed("wildfly", new byte[1 << 17]);
    }

    private static Mischief wrong(String what, Frame... frames) {
        return Mischief.frames(what, 1002, frames);
    }

    private static Mischief notUtf8(String what, Frame... frames) {
        return Mischief.frames(what, 1007, frames);
    }

    private static Frame half(String hex) {
        return Frame.of(Frame.TEXT, bytes(hex)).unfinished();
    }

    private static Frame last(String hex) {
        return Frame.of(Frame.CONTINUATION, bytes(hex));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
