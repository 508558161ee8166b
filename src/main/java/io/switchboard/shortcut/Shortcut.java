package io.switchboard.shortcut;

import io.switchboard.session.Connection;
import io.switchboard.session.Frame;

/** Writes whole text frames to one connection. Thread-safe as far as {@link Connection#write} asks for it. */
public interface Shortcut {
    /**
     * Like {@link Connection#write}.
     *
     * @return false if the container itself is writing just now: then nothing was done, and {@code done} will not be told
     */
    boolean write(Frame.Text frame, Connection.Done done);
}
