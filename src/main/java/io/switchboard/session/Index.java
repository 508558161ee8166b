package io.switchboard.session;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds sessions by something they share. Thread-safe. */
final class Index {
    private final Map<String, Set<Session>> byKey = new ConcurrentHashMap<>();

    void add(String key, Session session) {
        byKey.compute(key, (k, known) -> {
            Set<Session> sessions = known == null ? ConcurrentHashMap.newKeySet() : known;
            sessions.add(session);
            return sessions;
        });
    }

    @SuppressWarnings("NullAway") // a mapping to null is how computeIfPresent removes an entry
    void remove(String key, Session session) {
        byKey.computeIfPresent(key, (k, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    Set<Session> get(String key) {
        return Set.copyOf(byKey.getOrDefault(key, Set.of()));
    }

    Set<String> keys() {
        return Set.copyOf(byKey.keySet());
    }
}
