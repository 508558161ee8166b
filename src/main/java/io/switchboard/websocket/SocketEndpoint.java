package io.switchboard.websocket;

import io.switchboard.session.Frame;
import io.switchboard.session.Session;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.PongMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What the endpoints of all WebSocket doors do alike. Stateless. */
public abstract class SocketEndpoint {
    private static final Logger LOG = System.getLogger(SocketEndpoint.class.getName());

    @Inject
    private SocketDoor door;

    /** The door to the core. */
    protected SocketDoor door() {
        return door;
    }

    @OnMessage
    public void ponged(jakarta.websocket.Session socket, PongMessage pong) {
        door.heed(socket, SocketEndpoint::ponged);
    }

    @OnClose
    public void closed(jakarta.websocket.Session socket, CloseReason reason) {
        door.session(socket)
                .ifPresent(session -> session.gone(reason.getCloseCode().getCode()));
    }

    /** Whether the container closes the socket as well is up to the container: then it says so. */
    @OnError
    public void failed(jakarta.websocket.Session socket, Throwable failure) {
        LOG.log(Level.DEBUG, "socket failed", failure);
    }

    /** It answers a ping only in dialects that have no ping of their own. */
    private static void ponged(Session session) {
        if (session.codec().ping() instanceof Frame.Ping) {
            session.ponged();
        } else {
            session.heard();
        }
    }
}
