package io.switchboard.websocket;

import io.switchboard.hub.Dispatcher;
import io.switchboard.session.Codec;
import io.switchboard.session.Means;
import io.switchboard.session.Session;
import io.switchboard.shortcut.Shortcut;
import io.switchboard.shortcut.Shortcuts;
import java.util.Optional;

/** What every WebSocket door does alike: makes the session of a socket, finds it again, lets it go. Thread-safe. */
public final class SocketDoor {
    /** Largest message that is taken, in bytes of UTF-8; one byte more closes with 1009. */
    public static final int MAX_MESSAGE = 65_536;

    private static final String SESSION = SocketDoor.class.getName();

    private final Dispatcher dispatcher;
    private final Means means;
    private final Shortcuts shortcuts;

    /** A door to this dispatcher. */
    public SocketDoor(Dispatcher dispatcher, Means means, Shortcuts shortcuts) {
        this.dispatcher = dispatcher;
        this.means = means;
        this.shortcuts = shortcuts;
    }

    /** Makes the session of a socket that was just opened. */
    public Session open(jakarta.websocket.Session socket, Codec codec) {
        // Tomcat writes a close frame to a stuck peer for 20 s unless this says otherwise; others do not know it
        socket.getUserProperties().put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", 1_000L);
        socket.setMaxTextMessageBufferSize(MAX_MESSAGE);
        socket.setMaxBinaryMessageBufferSize(MAX_MESSAGE);
        Optional<Shortcut> shortcut = shortcuts.to(socket);
        shortcut.ifPresent(found -> means.counters().count("sessions.shortcut"));
        WebSocketConnection connection = new WebSocketConnection(socket, shortcut, means.pingers());
        Session session = dispatcher.open(connection, codec, Doorman.identity(socket.getUserProperties()));
        socket.getUserProperties().put(SESSION, session);
        return session;
    }

    /** The session of a socket; empty if it never got one. */
    public Optional<Session> session(jakarta.websocket.Session socket) {
        return socket.getUserProperties().get(SESSION) instanceof Session session
                ? Optional.of(session)
                : Optional.empty();
    }

    /** The dispatcher behind the door. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }
}
