package io.switchboard.http;

import io.switchboard.credential.Secrets;
import io.switchboard.message.Handle;
import io.switchboard.session.Connection;
import io.switchboard.session.Session;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions of this node whose clients speak in requests of their own, by their secret names. Thread-safe. */
public final class Handles {
    /** A session and what is under it. */
    public static final class Held {
        private final Session session;
        private final Connection connection;
        private boolean over; // confined to the sweeper

        Held(Session session, Connection connection) {
            this.session = session;
            this.connection = connection;
        }

        /** The session; it may have ended. */
        public Session session() {
            return session;
        }

        /** What is under it. */
        public Connection connection() {
            return connection;
        }
    }

    private static final int BYTES = 18;

    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Secrets secrets = new Secrets(BYTES);
    private final String node;

    /** None yet, on the node of that name. */
    public Handles(String node) {
        this.node = node;
    }

    /** A name that nobody can guess. */
    public Handle next() {
        return new Handle(secrets.next(), node);
    }

    /** Whoever knows the handle may speak for the session from now on. */
    public void put(Handle handle, Session session, Connection connection) {
        held.put(handle.session(), new Held(session, connection));
    }

    /** What goes by that name, if it was given here. */
    public Optional<Held> find(Handle handle) {
        return handle.node().equals(node) ? Optional.ofNullable(held.get(handle.session())) : Optional.empty();
    }

    /** Forgets whose session had ended at the last sweep already: until then its client may come and hear why. */
    public void sweep() {
        held.values().removeIf(entry -> {
            boolean known = entry.over;
            entry.over = !entry.session.isOpen();
            return known;
        });
    }
}
