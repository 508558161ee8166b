package io.switchboard.oneway;

import io.switchboard.http.Outflow;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.session.Codec;
import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import io.switchboard.session.Session;
import java.util.Optional;

/**
 * A session's connection over an answer that its client only reads.
 *
 * <p>Such a client cannot answer a ping: that the container could write one has to do, and finds a dead network as late as
 * TCP does.
 */
final class OneWayConnection implements Connection {
    /** How the line of an event begins that says where the client stands. */
    static final String ID = "id: ";

    private final Outflow out;
    private final Codec codec;
    private final Positions positions = new Positions(); // confined to whoever writes: one at a time
    private volatile Optional<Session> session = Optional.empty();

    OneWayConnection(Outflow out, Codec codec) {
        this.out = out;
        this.codec = codec;
    }

    /** Whose connection it is. */
    void serve(Session owner) {
        session = Optional.of(owner);
        out.serve(owner);
    }

    @Override
    public void write(Frame frame, Done done) {
        boolean ping = frame == codec.ping();
        String text = ((Frame.Text) frame).text();
        out.write(ping ? text : positioned(text), ok -> {
            if (ping && ok) {
                session.ifPresent(Session::ponged);
            }
            done.written(ok);
        });
    }

    @Override
    public void close(Disconnect why) {
        out.end(codec.encode(new Event.Ended(why)));
    }

    /** The events, each with where the client stands in all its channels: it remembers only the last id. */
    private String positioned(String events) {
        StringBuilder positioned = new StringBuilder(events.length());
        int from = 0;
        while (from < events.length()) {
            int end = events.indexOf('\n', from) + 1;
            if (events.startsWith(ID, from)) {
                String entry = events.substring(from + ID.length(), end - 1);
                positioned.append(ID).append(positions.after(entry)).append('\n');
            } else {
                positioned.append(events, from, end);
            }
            from = end;
        }
        return positioned.toString();
    }
}
