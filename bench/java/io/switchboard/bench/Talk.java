package io.switchboard.bench;

import java.util.List;
import java.util.Optional;

/** One client's side of a server's protocol, as far as a benchmark needs it; messages are text. */
interface Talk {
    /** Path of the endpoint below the server's root. */
    String path();

    /** The sub-protocol to ask for, or none. */
    default Optional<String> protocol() {
        return Optional.empty();
    }

    /** Whether the server says something first after the handshake. */
    default boolean serverBegins() {
        return false;
    }

    /**
     * The next messages of the set-up.
     *
     * @param step 0, 1, …
     * @param answer what the server said to the step before, empty at first
     * @param channels what this client follows
     * @return empty once everything has been set up
     */
    List<String> setUp(int step, String answer, List<String> channels);

    /** Whether the server answers that step; if not, it is the last one. */
    default boolean answered(int step) {
        return true;
    }

    /** Says something in a channel. */
    String publish(String channel, String payload);

    /** What the server must be told in return to a short message, such as a heart-beat. */
    default Optional<String> answer(String message) {
        return Optional.empty();
    }
}
