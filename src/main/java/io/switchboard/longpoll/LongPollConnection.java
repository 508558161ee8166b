package io.switchboard.longpoll;

import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.Handle;
import io.switchboard.session.Codec;
import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A session's connection over polls. Thread-safe.
 *
 * <p>No container notices that the client of a waiting poll has gone, and the answer "succeeds". So a batch counts as written
 * when the next poll says that it has arrived, and is given again to a poll that does not.
 */
final class LongPollConnection implements Connection {
    private static final long HOLD_NANOS = 25_000_000_000L;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;

    private final Codec codec;
    private final Handle handle;

    private Optional<Answer> poll = Optional.empty(); // guarded by this, as all that follows
    private Optional<String> batch = Optional.empty(); // that nobody has said to have
    private Done done = ok -> {};
    private long number; // of the batch, or of the last one
    private long since; // when the poll began to wait
    private String ending = "";

    LongPollConnection(Codec codec, Handle handle) {
        this.codec = codec;
        this.handle = handle;
    }

    @Override
    public Optional<Handle> handle() {
        return Optional.of(handle);
    }

    @Override
    public boolean awaitsClient() {
        return true;
    }

    @Override
    public void write(Frame frame, Done whenArrived) {
        String lines = ((Frame.Text) frame).text() + "\n";
        Optional<Runnable> reply;
        synchronized (this) {
            number++;
            batch = Optional.of(lines);
            done = whenArrived;
            reply = poll.map(answer -> answered(answer, number, lines));
            poll = Optional.empty();
        }
        reply.ifPresent(Runnable::run);
    }

    /** The last batch; it waits for its poll as long as the door keeps the handle. */
    @Override
    public void close(Disconnect why) {
        Optional<Runnable> reply;
        synchronized (this) {
            ending = codec.encode(new Event.Ended(why)).stream()
                    .map(frame -> ((Frame.Text) frame).text() + "\n")
                    .collect(Collectors.joining());
            reply = poll.map(answer -> answered(answer, number + 1, ending));
            poll = Optional.empty();
        }
        reply.ifPresent(Runnable::run);
    }

    /** Answers a poll that has waited long enough, with nothing: proxies give up on those that take longer. */
    @Override
    public void check(long now) {
        Optional<Runnable> reply = Optional.empty();
        synchronized (this) {
            if (poll.isPresent() && now - since > HOLD_NANOS) {
                reply = poll.map(answer -> answered(answer, number, ""));
                poll = Optional.empty();
            }
        }
        reply.ifPresent(Runnable::run);
    }

    /**
     * A poll of a client that has the batch of this number: it waits for the next one. A poll that waits already is told to
     * go, since its client has lost it.
     */
    void poll(long arrived, Answer answer, long now) {
        Done settled = ok -> {};
        Optional<Runnable> reply;
        synchronized (this) {
            boolean again = batch.isPresent() && arrived == number - 1;
            if (arrived != number && !again) {
                reply = Optional.of(() -> answer.give(BAD_REQUEST, ""));
            } else if (again) {
                reply = Optional.of(answered(answer, number, batch.orElse("") + ending));
            } else {
                batch = Optional.empty();
                settled = done;
                done = ok -> {};
                if (ending.isEmpty()) {
                    reply = poll.map(lost -> () -> lost.give(NO_CONTENT, ""));
                    poll = Optional.of(answer);
                    since = now;
                } else {
                    reply = Optional.of(answered(answer, number + 1, ending));
                }
            }
        }
        reply.ifPresent(Runnable::run);
        settled.written(true);
    }

    private static Runnable answered(Answer answer, long number, String lines) {
        return () -> answer.give(OK, "{\"poll\":" + number + "}\n" + lines);
    }
}
