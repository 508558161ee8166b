package io.switchboard.bench;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * A server that can be measured.
 *
 * @param name how it is called in tables
 * @param port where it listens
 * @param talks makes one client's side of its protocol
 * @param start starts it
 */
record Peer(String name, int port, Supplier<Talk> talks, Start start) {
    /** Starts a server and waits until it serves. */
    interface Start {
        Running run() throws IOException;
    }
}
