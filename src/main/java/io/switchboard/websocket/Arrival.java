package io.switchboard.websocket;

import io.switchboard.access.Identity;

/**
 * What is known of a client before it said anything. Immutable.
 *
 * @param address address of the peer, which only the handshake filter sees
 * @param identity what the container's own login says
 */
record Arrival(String address, Identity identity) {
    /** Nothing is known: the container skipped the filter. */
    static final Arrival UNKNOWN = new Arrival("", Identity.ANONYMOUS);

    Arrival as(Identity caller) {
        return new Arrival(address, caller);
    }
}
