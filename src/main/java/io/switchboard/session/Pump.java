package io.switchboard.session;

import io.switchboard.message.Disconnect;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Writes to one connection: answers first, then what its sources have, one frame in flight. Thread-safe.
 *
 * <p>At most one thread runs the pump; while a write is in flight nobody does, and its completion goes on. Containers may
 * complete a write inside the call that started it, so the pump loops there instead of recursing.
 */
final class Pump {
    private enum Write {
        NONE,
        ISSUED,
        PENDING
    }

    private final Connection connection;
    private final Codec codec;
    private final Means means;
    private final Consumer<Disconnect> giveUp;
    private final Consumer<Throwable> fail;
    private final LongAdder framesOut;
    private final LongAdder bytesOut;

    // small, because most sessions of a node are idle and only weigh
    private final Deque<Frame> outbox = new ArrayDeque<>(1); // guarded by this
    private final Deque<Source> sources = new ArrayDeque<>(1); // guarded by this
    private final Pulse pulse; // guarded by this
    private int outboxBytes; // guarded by this
    private boolean running; // guarded by this
    private boolean stopped; // guarded by this

    private final Deque<Frame> ready = new ArrayDeque<>(1); // confined to whoever runs the pump
    private final AtomicReference<Write> write = new AtomicReference<>(Write.NONE);
    private volatile long issuedAt;
    private volatile boolean stallable; // a ping of the transport is not: its answer is waited for anyway
    private volatile boolean failed;

    Pump(Connection connection, Codec codec, Means means, Consumer<Disconnect> giveUp, Consumer<Throwable> fail) {
        this.connection = connection;
        this.codec = codec;
        this.means = means;
        this.giveUp = giveUp;
        this.fail = fail;
        framesOut = means.counters().counter("frames.out");
        bytesOut = means.counters().counter("bytes.out");
        pulse = new Pulse(means.limits(), means.nanos().getAsLong());
    }

    /** The client has connected: before that no ping may stand in front of the answer. */
    synchronized void start() {
        pulse.start(means.nanos().getAsLong(), means.random().getAsDouble());
    }

    /** Puts answers into the outbox, unless it is full. */
    boolean offer(List<Frame> frames) {
        synchronized (this) {
            if (stopped) {
                return true;
            }
            for (Frame frame : frames) {
                // an answer that is larger than the whole outbox still goes out when it is alone
                if (outboxBytes > 0
                        && outboxBytes + frame.size() > means.limits().outboxSize()) {
                    return false;
                }
                outbox.addLast(frame);
                outboxBytes += frame.size();
            }
        }
        kick();
        return true;
    }

    /** A source has something to read. */
    void wake(Source source) {
        list(source);
        kick();
    }

    /** Runs the pump if nobody does. */
    void kick() {
        synchronized (this) {
            if (running || stopped) {
                return;
            }
            running = true;
        }
        run();
    }

    synchronized void heard() {
        pulse.heard(means.nanos().getAsLong());
    }

    void ponged() {
        synchronized (this) {
            pulse.heard(means.nanos().getAsLong());
            pulse.ponged();
        }
        kick(); // the window may have been full
    }

    synchronized void stop() {
        stopped = true;
        outbox.clear();
        outboxBytes = 0; // nothing waits any more, and nobody else need go for it
        sources.clear();
    }

    /** Why the peer must be given up, if it must. */
    synchronized Optional<Disconnect> verdict(long now) {
        Limits limits = means.limits();
        // a client that must say that it has something is looked for no longer than one that must answer a ping
        Duration limit =
                connection.awaitsClient() ? limits.pingInterval().plus(limits.pongTimeout()) : limits.stallLimit();
        boolean stalled = stallable && write.get() != Write.NONE && now - issuedAt > limit.toNanos();
        return stalled ? Optional.of(Disconnect.SLOW) : pulse.verdict(now);
    }

    /** Bytes of answers that wait. */
    synchronized int waiting() {
        return outboxBytes;
    }

    synchronized boolean wantsPing(long now) {
        return !running && pulse.wantsPing(now);
    }

    private synchronized void list(Source source) {
        if (!source.listed && !stopped) {
            source.listed = true;
            sources.addLast(source);
        }
    }

    private void run() {
        try {
            while (!failed) {
                long now = means.nanos().getAsLong(); // once per frame: at a million frames a second it is felt
                Optional<Frame> next = next(now);
                if (next.isEmpty()) {
                    return;
                }
                issue(next.get(), now);
                if (write.compareAndSet(Write.ISSUED, Write.PENDING)) {
                    return;
                }
            }
            giveUp.accept(Disconnect.WRITE_ERROR);
        } catch (RuntimeException | Error e) {
            // a source or a codec failed: its session ends, and neither the caller nor other readers notice
            fail.accept(e);
        }
    }

    private void issue(Frame frame, long now) {
        framesOut.increment();
        bytesOut.add(frame.size());
        stallable = !(frame instanceof Frame.Ping);
        issuedAt = now;
        write.set(Write.ISSUED);
        try {
            connection.write(frame, this::written);
        } catch (RuntimeException e) {
            written(false);
        }
    }

    private void written(boolean ok) {
        failed |= !ok;
        if (!write.compareAndSet(Write.ISSUED, Write.NONE) && write.compareAndSet(Write.PENDING, Write.NONE)) {
            run();
        }
    }

    /** The frame to write now; if there is none, nobody runs the pump any more. */
    private Optional<Frame> next(long now) {
        while (true) {
            Optional<Frame> ping = pingIfWanted(now);
            if (ping.isPresent()) {
                return ping;
            }
            if (ready.isEmpty() && !collect(now)) {
                return Optional.empty();
            }
            if (!ready.isEmpty()) {
                return admit(now);
            }
        }
    }

    private synchronized Optional<Frame> admit(long now) {
        int size = ready.getFirst().size();
        if (!stopped && pulse.admits(size, now)) {
            pulse.wrote(size);
            return Optional.of(ready.removeFirst());
        }
        // the window may have become full just now, with no ping under way that could open it again
        Optional<Frame> ping = pingIfWanted(now);
        running = ping.isPresent();
        return ping;
    }

    private synchronized Optional<Frame> pingIfWanted(long now) {
        if (stopped || !pulse.wantsPing(now)) {
            return Optional.empty();
        }
        Frame ping = codec.ping();
        pulse.wrote(ping.size());
        pulse.ping(now, means.random().getAsDouble());
        return Optional.of(ping);
    }

    /** Fills {@link #ready} from outbox and sources; false if there was nothing, and then nobody runs the pump. */
    private boolean collect(long now) {
        List<Frame> frames = new ArrayList<>();
        List<Source> readable = new ArrayList<>();
        int room = means.limits().frameSize();
        synchronized (this) {
            boolean idle = outbox.isEmpty() && sources.isEmpty() && !pulse.wantsPing(now);
            if (stopped || idle) {
                running = false;
                return false;
            }
            while (!outbox.isEmpty() && room > 0) {
                Frame frame = outbox.removeFirst();
                outboxBytes -= frame.size();
                room -= frame.size();
                frames.add(frame);
            }
            // a source may only be read once every answer before its news has left the outbox
            if (outbox.isEmpty()) {
                readable.addAll(sources);
                sources.clear();
                readable.forEach(source -> source.listed = false);
            }
        }
        for (Source source : readable) {
            if (room <= 0) {
                list(source);
                continue;
            }
            Source.Slice slice = source.read();
            frames.addAll(slice.frames());
            room -= slice.bytes();
            if (slice.more()) {
                list(source);
            }
        }
        ready.addAll(frames.size() > 1 ? codec.join(frames) : frames);
        return true;
    }
}
