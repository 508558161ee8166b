package io.switchboard.shortcut;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finds the shortcut of a container's session. Thread-safe. */
public final class Shortcuts {
    private static final Logger LOG = System.getLogger(Shortcuts.class.getName());

    private final boolean wanted;
    private final Executor workers;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * Finds none where none are wanted.
     *
     * @param workers tell of a write that could not be completed at once
     */
    public Shortcuts(boolean wanted, Executor workers) {
        this.wanted = wanted;
        this.workers = workers;
    }

    /** The shortcut to a session's client; empty where there is none, or the container is not as we know it. */
    public Optional<Shortcut> to(Session session) {
        if (!wanted) {
            return Optional.empty();
        }
        try {
            return find(session);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            if (told.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "this version of the container has no shortcut, messages go the longer way", e);
            }
            return Optional.empty();
        }
    }

    private Optional<Shortcut> find(Session session) throws ReflectiveOperationException {
        String type = session.getClass().getName();
        if (type.startsWith("org.apache.tomcat.websocket.")) {
            return TomcatShortcut.to(session);
        }
        if (type.startsWith("org.glassfish.tyrus.core.")) {
            return TyrusShortcut.to(session);
        }
        if (type.startsWith("io.undertow.websockets.jsr.")) {
            return UndertowShortcut.to(session, workers);
        }
        return Optional.empty();
    }

    /** What a field of a container's object holds. */
    static Object inside(Object object, String field) throws ReflectiveOperationException {
        return field(object, field).get(object);
    }

    /** A field of a container's object, wherever in its ancestry that is. */
    static Field field(Object object, String name) throws ReflectiveOperationException {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field candidate : type.getDeclaredFields()) {
                if (candidate.getName().equals(name)) {
                    candidate.setAccessible(true);
                    return candidate;
                }
            }
        }
        throw new NoSuchFieldException(object.getClass().getName() + "." + name);
    }
}
