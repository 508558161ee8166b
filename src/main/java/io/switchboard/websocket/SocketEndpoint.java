package io.switchboard.websocket;

import io.switchboard.session.Session;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
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

    /**
     * The client has answered a ping of the transport. Only doors whose dialect has no ping of its own listen to pongs: WildFly
     * keeps 16 KiB for each until its listener was called, and a million of them, sent unasked, are more than it has.
     */
    protected void ponged(jakarta.websocket.Session socket) {
        door.heed(socket, Session::ponged);
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
}
