package io.switchboard.bench;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A server that can be measured.
 *
 * @param name how it is called in tables
 * @param port where it listens
 * @param window publications on their way when it goes as fast as it can: many where what waits is joined, few where each is
 *     sent by itself and more would only wait longer
 * @param talks makes one client's side of its protocol
 * @param start starts it
 */
record Peer(String name, int port, int window, Supplier<Talk> talks, Start start) {
    static final int JOINS = 2_000;
    static final int SENDS_EACH = 100;

    /** Starts a server and waits until it serves; Switchboard takes more variables into its environment. */
    interface Start {
        Running run(Map<String, String> limits) throws IOException;
    }
}
