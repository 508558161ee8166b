package io.switchboard.stream;

import io.switchboard.http.Handles;
import io.switchboard.http.Outflow;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.Handle;
import io.switchboard.session.Codec;
import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import io.switchboard.session.Session;
import jakarta.servlet.AsyncContext;
import java.util.Optional;

/** A session's connection over an endless answer. */
final class StreamConnection implements Connection {
    private static final long CLOSE_MILLIS = 1_000;
    private static final int BROKEN = 1006;

    private final Outflow out;
    private final Codec codec;
    private final Handles handles;
    private final Handle handle;
    private volatile Optional<Session> session = Optional.empty();

    StreamConnection(AsyncContext async, Dialect dialect, Handles handles) {
        codec = dialect.codec();
        this.handles = handles;
        handle = handles.next();
        out = Outflow.open(async, this::broken);
        out.write(dialect.beginning(), ok -> {});
    }

    /** Whose connection it is. */
    void serve(Session owner) {
        session = Optional.of(owner);
    }

    @Override
    public Optional<Handle> handle() {
        return Optional.of(handle);
    }

    @Override
    public void write(Frame frame, Done done) {
        out.write(((Frame.Text) frame).payload(), done);
    }

    @Override
    public void close(Disconnect why) {
        handles.forget(handle);
        for (Frame frame : codec.encode(new Event.Ended(why))) {
            out.write(((Frame.Text) frame).payload(), ok -> {});
        }
        out.end(CLOSE_MILLIS);
    }

    private void broken() {
        handles.forget(handle);
        session.ifPresent(owner -> owner.gone(BROKEN));
    }
}
