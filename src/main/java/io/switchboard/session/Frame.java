package io.switchboard.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One message on a connection, encoded once and shared by all who get it. Immutable. */
public sealed interface Frame {
    /** Bytes of its payload on the wire. */
    int size();

    /** A text message. */
    final class Text implements Frame {
        private static final int FIN_TEXT = 0x81;
        private static final int SHORT = 126;
        private static final int LONG = 127;

        private final String text;
        private final int size;
        private volatile byte @Nullable [] wire;

        /** A text, of which it is known how many bytes it takes in UTF-8 and that it has no half surrogate pair. */
        public Text(String text, int size) {
            this.text = text;
            this.size = size;
        }

        /** The message. */
        public String text() {
            return text;
        }

        @Override
        public int size() {
            return size;
        }

        /** The message as a server writes it (RFC 6455, section 5.2), made once for all; never to be changed. */
        public byte[] wire() {
            byte[] known = wire;
            if (known == null) {
                known = encode();
                wire = known;
            }
            return known;
        }

        /** The message in UTF-8, without header; a buffer of the caller's own. */
        public ByteBuffer payload() {
            byte[] bytes = wire();
            return ByteBuffer.wrap(bytes, bytes.length - size, size).slice();
        }

        private byte[] encode() {
            int header = size < SHORT ? 2 : size <= 0xffff ? 4 : 10;
            ByteBuffer out = ByteBuffer.allocate(header + size).put((byte) FIN_TEXT);
            switch (header) {
                case 2 -> out.put((byte) size);
                case 4 -> out.put((byte) SHORT).putShort((short) size);
                default -> out.put((byte) LONG).putLong(size);
            }
            return out.put(text.getBytes(UTF_8)).array();
        }
    }

    /** A binary message; the buffer is never consumed, readers duplicate it. */
    record Binary(ByteBuffer data) implements Frame {
        @Override
        public int size() {
            return data.remaining();
        }
    }

    /** A ping of the transport itself, for dialects that have none of their own. */
    record Ping() implements Frame {
        @Override
        public int size() {
            return 0;
        }
    }

    /** A text message, measured; half a surrogate pair, which no container can send, becomes a question mark. */
    static Text of(String text) {
        String sendable = isWellFormed(text) ? text : new String(text.getBytes(UTF_8), UTF_8);
        return new Text(sendable, utf8Length(sendable));
    }

    private static boolean isWellFormed(String text) {
        boolean half = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (half != Character.isLowSurrogate(c)) {
                return false;
            }
            half = Character.isHighSurrogate(c);
        }
        return !half;
    }

    /** How many bytes a text takes in UTF-8. */
    static int utf8Length(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                length += Character.isSurrogate(c) ? 1 : 2;
            } else if (c >= 0x80) {
                length++;
            }
        }
        return length;
    }
}
