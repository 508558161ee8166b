package io.switchboard.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The text that is published, and the mark by which it is found again in whatever a server made of it: channel, number and
 * intended time of sending, in digits of fixed width. Looking for the mark costs less than parsing any server's envelope.
 */
final class Payload {
    /** Length of a mark. */
    static final int MARK = 2 + 3 + 10 + 13;

    private static final int CHANNEL = 2;
    private static final int NUMBER = CHANNEL + 3;
    private static final int TIME = NUMBER + 10;

    private Payload() {}

    /** A payload of this many characters, none of which JSON would escape. */
    static String of(int channel, long number, long micros, int size) {
        return "@#%03d%010d%013d".formatted(channel, number, micros) + "x".repeat(size - MARK);
    }

    /** Whether a mark begins here. */
    static boolean marks(byte[] bytes, int at) {
        return bytes[at] == '@' && bytes[at + 1] == '#';
    }

    static int channel(byte[] bytes, int mark) {
        return (int) digits(bytes, mark + CHANNEL, mark + NUMBER);
    }

    static long number(byte[] bytes, int mark) {
        return digits(bytes, mark + NUMBER, mark + TIME);
    }

    static long micros(byte[] bytes, int mark) {
        return digits(bytes, mark + TIME, mark + MARK);
    }

    private static long digits(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalStateException("no mark: " + new String(bytes, from, to - from, US_ASCII));
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
