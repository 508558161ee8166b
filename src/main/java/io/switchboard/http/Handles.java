package io.switchboard.http;

import io.switchboard.message.Handle;
import io.switchboard.session.Connection;
import io.switchboard.session.Session;
import java.security.SecureRandom;
import java.util.Base64;
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
    private final SecureRandom random = new SecureRandom();
    private final String node;

    /** None yet, on the node of that name. */
    public Handles(String node) {
        this.node = node;
    }

    /** A name that nobody can guess. */
    public Handle next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Handle(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), node);
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

    /** Nobody goes by it any more. */
    public void forget(Handle handle) {
        held.remove(handle.session());
    }
}
