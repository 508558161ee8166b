package io.switchboard.websocket;

/**
 * What the handshake filter saw of a request and the WebSocket API does not show.
 *
 * @param address address of the peer
 */
record Arrival(String address) {
    /** Nothing is known: the container skipped the filter. */
    static final Arrival UNKNOWN = new Arrival("");
}
