package io.switchboard.session;

import io.switchboard.message.Disconnect;

/** The transport under a session, as a door provides it. */
public interface Connection {
    /**
     * Writes one frame without blocking.
     *
     * <p>Never called again before {@code done} was told, which happens exactly once, on any thread, possibly before
     * this method returns. "Written" only means that the container took the bytes.
     */
    void write(Frame frame, Done done);

    /** Ends the connection; may block, and is only called by threads that may wait. */
    void close(Disconnect why);

    /** Told when a write is over. */
    interface Done {
        /** The container took the bytes, or failed to. */
        void written(boolean ok);
    }
}
