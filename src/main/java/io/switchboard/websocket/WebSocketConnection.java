package io.switchboard.websocket;

import io.switchboard.message.Disconnect;
import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import io.switchboard.shortcut.Shortcut;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A session's connection over a container's WebSocket. */
final class WebSocketConnection implements Connection {
    private static final Logger LOG = System.getLogger(WebSocketConnection.class.getName());

    private final Session socket;
    private final RemoteEndpoint.Async remote;
    private final Optional<Shortcut> shortcut;
    private final Executor mayBlock;

    WebSocketConnection(Session socket, Optional<Shortcut> shortcut, Executor mayBlock) {
        this.socket = socket;
        this.shortcut = shortcut;
        this.mayBlock = mayBlock;
        remote = socket.getAsyncRemote();
    }

    @Override
    public void write(Frame frame, Done done) {
        if (frame instanceof Frame.Ping) {
            ping(done);
            return;
        }
        if (frame instanceof Frame.Text text
                && shortcut.isPresent()
                && socket.isOpen()
                && shortcut.get().write(text, done)) {
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        // Payara captures the context of every send and walks the class path of the application for it: two thirds of
        // the cost of a send, unless there is no context class loader
        thread.setContextClassLoader(null);
        try {
            remote.sendObject(frame, result -> done.written(result.isOK()));
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    @Override
    public void close(Disconnect why) {
        try {
            socket.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(why.code()), why.reason()));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "closed already", e);
        }
    }

    /** A ping of the transport blocks on Tomcat, so it is sent by a thread that may wait. */
    private void ping(Done done) {
        mayBlock.execute(() -> {
            boolean sent = false;
            try {
                remote.sendPing(ByteBuffer.allocate(0));
                sent = true;
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.DEBUG, "ping failed", e);
            }
            done.written(sent);
        });
    }
}
