package io.switchboard.stream;

import io.switchboard.http.Outflow;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.Handle;
import io.switchboard.session.Codec;
import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import java.util.Optional;

/** A session's connection over an endless answer. */
record StreamConnection(Outflow out, Codec codec, Handle name) implements Connection {
    @Override
    public Optional<Handle> handle() {
        return Optional.of(name);
    }

    @Override
    public void write(Frame frame, Done done) {
        out.write(((Frame.Text) frame).payload(), done);
    }

    @Override
    public void close(Disconnect why) {
        out.end(codec.encode(new Event.Ended(why)));
    }
}
