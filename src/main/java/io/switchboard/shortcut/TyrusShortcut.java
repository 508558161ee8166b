package io.switchboard.shortcut;

import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;

/**
 * Tyrus 2: to the writer that all frames of a connection go through.
 *
 * <p>On its own way every message schedules a task in the container's executor, with a look-up through the whole class
 * path of the application. The writer queues whole frames, so ours and Tyrus' own keep apart.
 *
 * <p>Messages that arrive schedule that task too, 0.8 ms each in Payara Micro, for an idle time-out that is not set. Since
 * our own clocks watch the session, the task goes to an executor that runs nothing.
 */
final class TyrusShortcut implements Shortcut {
    private static final ScheduledExecutorService NOBODY = nobody();

    private final Writer writer;

    private TyrusShortcut(Writer writer) {
        this.writer = writer;
    }

    static Optional<Shortcut> to(Session session) throws ReflectiveOperationException {
        Object socket = Shortcuts.inside(session.getAsyncRemote(), "webSocket");
        Object protocol = Shortcuts.inside(socket, "protocolHandler");
        var writer = (Writer) Shortcuts.inside(protocol, "writer");
        Shortcuts.field(session, "service").set(session, NOBODY);
        return Optional.of(new TyrusShortcut(writer));
    }

    /** Has been shut down before it had a thread: what it is given it forgets. */
    private static ScheduledExecutorService nobody() {
        var executor = new ScheduledThreadPoolExecutor(0, new ThreadPoolExecutor.DiscardPolicy());
        executor.shutdown();
        return executor;
    }

    @Override
    public boolean write(Frame.Text frame, Connection.Done done) {
        writer.write(ByteBuffer.wrap(frame.wire()), new Completion(done));
        return true;
    }

    private static final class Completion extends CompletionHandler<ByteBuffer> {
        private final Connection.Done done;

        Completion(Connection.Done done) {
            this.done = done;
        }

        @Override
        public void completed(ByteBuffer frame) {
            done.written(true);
        }

        @Override
        public void failed(Throwable failure) {
            done.written(false);
        }

        @Override
        public void cancelled() {
            done.written(false);
        }
    }
}
