package io.switchboard.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What an {@link Attacker} does, each from an address of its own. Turns are taken about every millisecond. */
enum Attack {
    /** Thousands of connections that send half a request and wait; what the server closes is opened again. */
    HALF_HANDSHAKES("half-finished handshakes", "127.0.0.4") {
        @Override
        void turn(Attacker attacker, double seconds) throws IOException {
            while (attacker.count() < HALVES && attacker.underWay() < TOGETHER) {
                attacker.open(true);
            }
            if (attacker.count() == HALVES && attacker.underWay() == 0) {
                attacker.ready();
            }
        }
    },

    /** As many connections as one address may have, and steady attempts to get more. */
    CROWD("a crowd from one address", "127.0.0.2") {
        @Override
        void turn(Attacker attacker, double seconds) throws IOException {
            if (attacker.isReady()) {
                for (long due = attacker.due(seconds, ATTEMPTS_PER_SECOND, TOGETHER); due > 0; due--) {
                    attacker.open(false);
                }
            } else if (attacker.counted(Attacker.REFUSED) > 0) {
                attacker.ready();
            } else {
                while (attacker.underWay() < TOGETHER) {
                    attacker.open(false);
                }
            }
        }
    },

    /** Far more commands than one session may give, one to a frame; thrown out, it is back at once. */
    FLOOD("a flood of commands", "127.0.0.3") {
        @Override
        void turn(Attacker attacker, double seconds) throws IOException {
            if (attacker.count() == 0) {
                attacker.open(false);
            }
            if (attacker.counted(Attacker.ENDED) > 0) {
                attacker.ready(); // it is known by then what is loaded and compiled for being thrown out
            }
            Intruder intruder = attacker.first();
            if (intruder.isConnected()) {
                intruder.repeat(COMMAND, (int) attacker.due(seconds, COMMANDS_PER_SECOND, MOST_AT_ONCE));
            }
        }
    };

    private static final int HALVES = 2_000;
    private static final int TOGETHER = 20;
    private static final int ATTEMPTS_PER_SECOND = 200;
    private static final int COMMANDS_PER_SECOND = 10_000;
    private static final int MOST_AT_ONCE = 200;
    private static final ByteBuffer COMMAND = Intruder.frame(
            ("{\"id\":7,\"publish\":{\"channel\":\"" + NativeTalk.PLAIN + ":flood\",\"data\":\"x\"}}").getBytes(UTF_8));

    final String title;
    final String address;

    Attack(String title, String address) {
        this.title = title;
        this.address = address;
    }

    /** Goes on with it; {@code seconds} have passed since the last turn. */
    abstract void turn(Attacker attacker, double seconds) throws IOException;
}
