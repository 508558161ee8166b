package io.switchboard.shortcut;

import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import jakarta.websocket.Session;
import java.util.Optional;

/** Undertow 2: it can send bytes as text, but has no door to that in the API. */
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

    private final WebSocketChannel channel;

    private UndertowShortcut(WebSocketChannel channel) {
        this.channel = channel;
    }

    static Optional<Shortcut> to(Session session) throws ReflectiveOperationException {
        return Optional.of(new UndertowShortcut((WebSocketChannel) Shortcuts.inside(session, "webSocketChannel")));
    }

    @Override
    public boolean write(Frame.Text frame, Connection.Done done) {
        WebSockets.sendText(frame.payload(), channel, COMPLETION, done);
        return true;
    }
}
