package io.switchboard.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** One message on a connection, encoded once and shared by all who get it. Immutable. */
public sealed interface Frame {
    /** Bytes of its payload on the wire. */
    int size();

    /** A text message. */
    record Text(String text, int size) implements Frame {}

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
