package io.switchboard.session;

import io.switchboard.message.Disconnect;
import io.switchboard.message.Handle;
import java.util.Optional;

/** The transport under a session, as a door provides it. */
public interface Connection {
    /**
     * Writes one frame without blocking.
     *
     * <p>Never called again before {@code done} was told, which happens exactly once, on any thread, possibly before
     * this method returns. "Written" only means that the container took the bytes.
     */
    void write(Frame frame, Done done);

    /** How the client is known again in other requests; empty if the connection carries what it says. */
    default Optional<Handle> handle() {
        return Optional.empty();
    }

    /** Whether "written" means more: that the client has the frame. It may then take longer. */
    default boolean awaitsClient() {
        return false;
    }

    /** Looks at its clock, if it has one; {@code now} in nanoseconds. */
    default void check(long now) {}

    /** Ends the connection; may block, and is only called by threads that may wait. */
    void close(Disconnect why);

    /** Told when a write is over. */
    interface Done {
        /** The container took the bytes, or failed to. */
        void written(boolean ok);
    }
}
