package io.switchboard.shortcut;

import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Undertow 2: straight to the socket, on the thread that has something to say.
 *
 * <p>On its own way every message becomes a frame object that an I/O thread is woken for. Undertow writes with the lock of
 * its channel held, and so do we; while it has frames of its own waiting, ours queue behind them in the usual way. Over
 * TLS they always do, but as bytes that were encoded once.
 *
 * <p>Classes of XNIO are not named here, because WildFly does not show them to applications.
 */
final class UndertowShortcut implements Shortcut {
    private static final WebSocketCallback<Connection.Done> COMPLETION = new WebSocketCallback<>() {
        @Override
        public void complete(WebSocketChannel channel, Connection.Done done) {
            done.written(true);
        }

        @Override
        public void onError(WebSocketChannel channel, Connection.Done done, Throwable failure) {
            done.written(false);
        }
    };

    private static final ClassValue<Method> SUSPEND = new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> sink) {
            try {
                return sink.getMethod("suspendWrites");
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    private static final long PAUSE_NANOS = 1_000_000_000;

    private final WebSocketChannel channel;
    private final boolean direct;
    private final WritableByteChannel sink;
    private final Executor workers;
    private final Deque<Object> fresh; // frames that Undertow was given; taken out only under the channel's lock
    private final Collection<?> pending; // what it is writing; guarded by the channel
    private final Collection<?> held; // what waits for its turn; guarded by the channel
    private final Method suspend; // of the class of the sink, and shared with all its shortcuts
    private long lastWrite = System.nanoTime(); // guarded by the channel

    @SuppressWarnings("unchecked") // only frames are in it
    private UndertowShortcut(WebSocketChannel channel, Executor workers) throws ReflectiveOperationException {
        this.channel = channel;
        this.workers = workers;
        Object connection = Shortcuts.inside(channel, "channel");
        direct = connection.getClass().getName().equals("org.xnio.nio.NioSocketStreamConnection");
        sink = (WritableByteChannel)
                connection.getClass().getMethod("getSinkChannel").invoke(connection);
        suspend = SUSPEND.get(sink.getClass());
        fresh = (Deque<Object>) Shortcuts.inside(channel, "newFrames");
        pending = (Collection<?>) Shortcuts.inside(channel, "pendingFrames");
        held = (Collection<?>) Shortcuts.inside(channel, "heldFrames");
    }

    static Optional<Shortcut> to(Session session, Executor workers) throws ReflectiveOperationException {
        var channel = (WebSocketChannel) Shortcuts.inside(session, "webSocketChannel");
        return Optional.of(new UndertowShortcut(channel, workers));
    }

    @Override
    public boolean write(Frame.Text frame, Connection.Done done) {
        boolean busy;
        boolean complete = false;
        try {
            synchronized (channel) {
                busy = !direct || !fresh.isEmpty() || !pending.isEmpty() || !held.isEmpty();
                if (!busy) {
                    complete = send(frame, done);
                }
            }
        } catch (IOException e) {
            done.written(false);
            return true;
        }
        if (busy) {
            WebSockets.sendText(frame.payload(), channel, COMPLETION, done);
        } else if (complete) {
            done.written(true);
        }
        return true;
    }

    /** Writes until everything is out, or the socket takes no more: then Undertow goes on as soon as it does. */
    private boolean send(Frame.Text frame, Connection.Done done) throws IOException {
        quieten();
        ByteBuffer bytes = ByteBuffer.wrap(frame.wire());
        int taken;
        do {
            taken = sink.write(bytes);
        } while (taken > 0 && bytes.hasRemaining());
        boolean complete = !bytes.hasRemaining();
        if (!complete) {
            Connection.Done once = new Once(done);
            try {
                new Remainder(channel).queue(fresh, bytes, written -> workers.execute(() -> once.written(written)));
            } catch (IOException e) {
                workers.execute(() -> once.written(false));
            }
        }
        return complete; // as it was then: on an I/O thread the rest may be out by now, and have been told of
    }

    /**
     * Stops the clock that Undertow starts with each write of ours and stops after each of its own: with a write time-out,
     * which WildFly sets to 90 s, it would take a pause for a stalled write.
     */
    private void quieten() throws IOException {
        long now = System.nanoTime();
        if (now - lastWrite > PAUSE_NANOS) {
            try {
                suspend.invoke(sink);
            } catch (ReflectiveOperationException e) {
                throw new IOException(e);
            }
        }
        lastWrite = now;
    }

    /** Tells once: Undertow may fail a frame both by closing it and by an exception. */
    private static final class Once implements Connection.Done {
        private final AtomicReference<Connection.@Nullable Done> listener;

        Once(Connection.Done listener) {
            this.listener = new AtomicReference<>(listener);
        }

        @Override
        public void written(boolean ok) {
            Connection.Done first = listener.getAndSet(null);
            if (first != null) {
                first.written(ok);
            }
        }
    }
}
