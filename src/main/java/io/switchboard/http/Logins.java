package io.switchboard.http;

import io.switchboard.access.Identity;
import io.switchboard.hub.Dispatcher;
import io.switchboard.message.Disconnect;
import io.switchboard.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Which sessions were let in because of which HTTP session: they live no longer than the login. Thread-safe.
 *
 * <p>Our own index, because containers end at most one socket per HTTP session, and some of them none.
 */
public final class Logins {
    /** An HTTP session, the idle time that its application gave it, and the live sessions that hang on it. */
    private static final class Login {
        private final HttpSession session;
        private final int idleSeconds;
        private final Set<Session> live = ConcurrentHashMap.newKeySet();

        Login(HttpSession session) {
            this.session = session;
            idleSeconds = session.getMaxInactiveInterval();
        }
    }

    private final Map<String, Login> byId = new ConcurrentHashMap<>();
    private final Dispatcher dispatcher;
    private final Set<String> roles;
    private final LongSupplier nanos;
    private final boolean keepAlive;

    /**
     * None yet.
     *
     * @param roles the roles that matter
     * @param nanos the clock of the sessions
     * @param keepAlive whether what a user says keeps his HTTP session alive
     */
    public Logins(Dispatcher dispatcher, Set<String> roles, LongSupplier nanos, boolean keepAlive) {
        this.dispatcher = dispatcher;
        this.roles = roles;
        this.nanos = nanos;
        this.keepAlive = keepAlive;
    }

    /** A session ends with this HTTP session from now on; at once, if that is over already. */
    public void bind(HttpSession login, Session session) {
        try {
            String id = login.getId();
            byId.computeIfAbsent(id, key -> new Login(login)).live.add(session);
            login.getCreationTime(); // throws if it ended before it was in the index
        } catch (IllegalStateException e) {
            session.close(Disconnect.EXPIRED);
        }
    }

    /** An HTTP session, or the login in it, is over. */
    public void ended(String id) {
        Login login = byId.remove(id);
        if (login != null) {
            login.live.forEach(session -> session.close(Disconnect.EXPIRED));
        }
    }

    /** An HTTP session has another id now, as it gets at a login. */
    public void renamed(String before, HttpSession login) {
        Login known = byId.remove(before);
        if (known != null) {
            byId.computeIfAbsent(login.getId(), key -> new Login(login)).live.addAll(known.live);
        }
    }

    /** Whether something hangs on an HTTP session. */
    boolean knows(String id) {
        return byId.containsKey(id);
    }

    /** A request of a logged-in user was seen: who he is now holds for what hangs on his HTTP session. */
    void seen(HttpServletRequest request, String id) {
        Principal principal = request.getUserPrincipal();
        Login login = byId.get(id);
        if (principal == null || login == null) {
            return; // before the application's own filters he may just not be known yet
        }
        for (Session session : login.live) {
            Identity identity = session.identity();
            Set<String> now = held(request);
            if (!identity.user().equals(principal.getName())) {
                session.close(Disconnect.EXPIRED);
            } else if (!identity.roles().equals(now)) {
                dispatcher.reauthorize(session, identity.withRoles(now));
            }
        }
    }

    /** Forgets sessions that are gone, and keeps the logins of active users alive; called now and then. */
    public void sweep(long sinceNanos) {
        long now = nanos.getAsLong();
        byId.forEach((id, login) -> {
            login.live.removeIf(session -> !session.isOpen());
            boolean active = login.live.stream().anyMatch(session -> now - session.activeAt() <= sinceNanos);
            if (keepAlive && active) {
                extend(login);
            }
        });
        byId.values().removeIf(login -> login.live.isEmpty());
    }

    /** Containers count from the last request, and there is none: so the time that it may be idle has to grow. */
    private static void extend(Login login) {
        if (login.idleSeconds <= 0) {
            return;
        }
        try {
            long idle = System.currentTimeMillis() - login.session.getLastAccessedTime();
            login.session.setMaxInactiveInterval(login.idleSeconds + (int) TimeUnit.MILLISECONDS.toSeconds(idle));
        } catch (IllegalStateException e) {
            return; // over: its listener says so
        }
    }

    private Set<String> held(HttpServletRequest request) {
        return roles.stream().filter(request::isUserInRole).collect(Collectors.toSet());
    }

    /** The HTTP session of a request, if it has one. */
    public static Optional<HttpSession> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false));
    }
}
