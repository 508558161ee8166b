package io.switchboard.shortcut;

import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;

/**
 * Tyrus 2: to the writer that all frames of a connection go through.
 *
 * <p>On its own way every message schedules a task in the container's executor, with a look-up through the whole class
 * path of the application. The writer queues whole frames, so ours and Tyrus' own keep apart.
 */
final class TyrusShortcut implements Shortcut {
    private final Writer writer;

    private TyrusShortcut(Writer writer) {
        this.writer = writer;
    }

    static Optional<Shortcut> to(Session session) throws ReflectiveOperationException {
        Object socket = Shortcuts.inside(session.getAsyncRemote(), "webSocket");
        Object protocol = Shortcuts.inside(socket, "protocolHandler");
        return Optional.of(new TyrusShortcut((Writer) Shortcuts.inside(protocol, "writer")));
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
