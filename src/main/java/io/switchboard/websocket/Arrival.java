package io.switchboard.websocket;

import io.switchboard.access.Caller;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;

/**
 * What is known of a client before it said anything. Immutable.
 *
 * @param caller what the core has to know
 * @param believesLogin whether a login of the container counts
 * @param login the HTTP session that the login stands in, if it counts
 */
record Arrival(Caller caller, boolean believesLogin, Optional<HttpSession> login) {
    /** Nothing is known: the container skipped the filter. */
    static final Arrival UNKNOWN = new Arrival(Caller.UNKNOWN, false, Optional.empty());
}
