package io.switchboard.session;

import io.switchboard.message.Disconnect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection that remembers what was written, and completes writes at once or when a test says so. */
public final class RecordingConnection implements Connection {
    private final List<Frame> frames = new ArrayList<>();
    private Optional<Done> pending = Optional.empty();
    private Optional<Disconnect> closed = Optional.empty();
    private boolean holding;

    /** From now on writes stay in flight. */
    public RecordingConnection hold() {
        holding = true;
        return this;
    }

    /** From now on writes complete at once; the one in flight completes now. */
    public void release() {
        holding = false;
        complete(true);
    }

    /** Completes the write in flight, if there is one. */
    public void complete(boolean ok) {
        Optional<Done> done = pending;
        pending = Optional.empty();
        done.ifPresent(d -> d.written(ok));
    }

    @Override
    public void write(Frame frame, Done done) {
        if (pending.isPresent()) {
            throw new AssertionError("a second write while one is in flight");
        }
        frames.add(frame);
        if (holding) {
            pending = Optional.of(done);
        } else {
            done.written(true);
        }
    }

    @Override
    public void close(Disconnect why) {
        closed = Optional.of(why);
    }

    public Optional<Disconnect> closed() {
        return closed;
    }

    public boolean isWriting() {
        return pending.isPresent();
    }

    public List<Frame> frames() {
        return frames;
    }

    /** Every line of every text frame written since the last call. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Frame frame : frames) {
            if (frame instanceof Frame.Text text) {
                lines.addAll(List.of(text.text().split("\n")));
            }
        }
        frames.clear();
        return lines;
    }
}
