package io.switchboard.websocket;

import io.switchboard.http.Logins;
import io.switchboard.hub.Dispatcher;
import io.switchboard.message.Disconnect;
import io.switchboard.session.Codec;
import io.switchboard.session.Frame;
import io.switchboard.session.Means;
import io.switchboard.session.Session;
import io.switchboard.shortcut.Shortcut;
import io.switchboard.shortcut.Shortcuts;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What every WebSocket door does alike: makes the session of a socket, finds it again, lets it go. Thread-safe. */
public final class SocketDoor {
    /** Largest message that is taken, in bytes of UTF-8; one byte more closes with 1009. */
    public static final int MAX_MESSAGE = 65_536;

    private static final String PARTS = Doorman.PROPERTY + ".parts";
    private static final Object SEND_MILLIS = 1_000L; // one for all

    private final Dispatcher dispatcher;
    private final Logins logins;
    private final Means means;
    private final Shortcuts shortcuts;

    /** A door to this dispatcher. */
    public SocketDoor(Dispatcher dispatcher, Logins logins, Means means, Shortcuts shortcuts) {
        this.dispatcher = dispatcher;
        this.logins = logins;
        this.means = means;
        this.shortcuts = shortcuts;
    }

    /** Makes the session of a socket that was just opened. */
    public Session open(jakarta.websocket.Session socket, Codec codec) {
        // Tomcat writes a close frame to a stuck peer for 20 s unless this says otherwise; others do not know it
        socket.getUserProperties().put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", SEND_MILLIS);
        socket.setMaxBinaryMessageBufferSize(MAX_MESSAGE);
        Optional<Shortcut> shortcut = shortcuts.to(socket);
        shortcut.ifPresent(found -> means.counters().count("sessions.shortcut"));
        socket.setMaxIdleTimeout(0); // a container's clock does not see what goes past it, and we have one
        Arrival arrival = Doorman.arrival(socket.getUserProperties());
        WebSocketConnection connection = new WebSocketConnection(socket, shortcut, means.pingers());
        Session session = dispatcher.open(connection, codec, arrival.caller());
        arrival.login().ifPresent(login -> logins.bind(login, session));
        socket.getUserProperties().put(Doorman.PROPERTY, session);
        return session;
    }

    /**
     * Does what a socket's client asks for, unless its session has ended. Whatever that throws ends this one session: what
     * containers do with it reaches from nothing at all to a close code that clients misunderstand.
     */
    public void heed(jakarta.websocket.Session socket, Consumer<Session> task) {
        session(socket).filter(Session::isOpen).ifPresent(session -> {
            try {
                task.accept(session);
            } catch (RuntimeException | Error failure) {
                session.fail(failure);
            }
        });
    }

    /**
     * The text of a message, once its last part is here; one that is longer than {@link #MAX_MESSAGE} ends the session.
     *
     * <p>Texts are taken in parts because Tomcat would keep a buffer of the longest one that is allowed, 128 KiB of memory,
     * for every session that ever said something.
     */
    public Optional<String> whole(jakarta.websocket.Session socket, String part, boolean last) {
        Map<String, Object> properties = socket.getUserProperties();
        if (last && !properties.containsKey(PARTS)) {
            return fitting(socket, part);
        }
        Parts parts = (Parts) properties.computeIfAbsent(PARTS, key -> new Parts());
        if (!parts.add(part, MAX_MESSAGE)) {
            return tooBig(socket);
        }
        if (!last) {
            return Optional.empty();
        }
        properties.remove(PARTS);
        return fitting(socket, parts.text());
    }

    private Optional<String> fitting(jakarta.websocket.Session socket, String text) {
        int size = Frame.utf8Length(text);
        if (size > MAX_MESSAGE) {
            return tooBig(socket);
        }
        return session(socket)
                .filter(session -> dispatcher.mayRead(session, size))
                .map(session -> text);
    }

    private Optional<String> tooBig(jakarta.websocket.Session socket) {
        session(socket).ifPresent(session -> session.close(Disconnect.TOO_BIG));
        return Optional.empty();
    }

    /** The session of a socket; empty if it never got one. */
    public Optional<Session> session(jakarta.websocket.Session socket) {
        return socket.getUserProperties().get(Doorman.PROPERTY) instanceof Session session
                ? Optional.of(session)
                : Optional.empty();
    }

    /** The dispatcher behind the door. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }
}
