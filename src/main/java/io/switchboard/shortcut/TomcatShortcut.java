package io.switchboard.shortcut;

import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.net.SocketWrapperBase.BlockingMode;
import org.apache.tomcat.util.net.SocketWrapperBase.CompletionState;

/**
 * Tomcat 10: straight to the socket.
 *
 * <p>Its own way encodes character by character, cuts a message into fragments of 8 KiB, and hands every completion to
 * another thread, which costs more than the write itself. What Tomcat writes by itself, pongs and closes, is kept apart
 * from ours by the socket's own semaphore: one of the two at a time, each a whole frame.
 */
final class TomcatShortcut implements Shortcut {
    private static final CompletionHandler<Long, Connection.Done> COMPLETION = new CompletionHandler<>() {
        @Override
        public void completed(Long bytes, Connection.Done done) {
            done.written(true);
        }

        @Override
        public void failed(Throwable failure, Connection.Done done) {
            done.written(false);
        }
    };

    private final SocketWrapperBase<?> socket;

    private TomcatShortcut(SocketWrapperBase<?> socket) {
        this.socket = socket;
    }

    static Optional<Shortcut> to(Session session) throws ReflectiveOperationException {
        Object remote = Shortcuts.inside(session.getAsyncRemote(), "base");
        var socket = (SocketWrapperBase<?>) Shortcuts.inside(remote, "socketWrapper");
        return socket.hasAsyncIO() ? Optional.of(new TomcatShortcut(socket)) : Optional.empty();
    }

    @Override
    public boolean write(Frame.Text frame, Connection.Done done) {
        CompletionState state = socket.write(
                BlockingMode.NON_BLOCK,
                Long.MAX_VALUE, // a clock of our own watches; less would leave that of the last pong, one second,
                // in force
                TimeUnit.MILLISECONDS,
                done,
                SocketWrapperBase.COMPLETE_WRITE_WITH_COMPLETION,
                COMPLETION,
                ByteBuffer.wrap(frame.wire()));
        return state != CompletionState.NOT_DONE;
    }
}
