package io.switchboard.bench;

import io.switchboard.it.OwnServer;
import java.io.IOException;

/** A container with one WAR in it. */
record Contained(OwnServer server) implements Running {
    @Override
    public long pid() {
        return server.pid();
    }

    @Override
    public long liveBytes() throws IOException {
        return Running.total(server.diagnose("GC.class_histogram"));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
