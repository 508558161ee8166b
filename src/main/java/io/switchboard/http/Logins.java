package io.switchboard.http;

import io.switchboard.access.Identity;
import io.switchboard.channel.Namespaces;
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

/**
 * Which sessions were let in because of which HTTP session: they live no longer than the login. Thread-safe.
 *
 * <p>Our own index, because containers end at most one socket per HTTP session, and some of them none.
 */
public final class Logins {
    /** An HTTP session and the live sessions that hang on it. */
    private static final class Login {
        private final Set<Session> live = ConcurrentHashMap.newKeySet();
        private volatile HttpSession session;
        private int given; // seconds that its application lets it be idle; both guarded by this
        private boolean extended;

        Login(HttpSession session) {
            this.session = session;
        }
    }

    private static final long SECOND = TimeUnit.SECONDS.toMillis(1);
    private static final int STEPS = 10; // in which the time is extended

    private final Map<String, Login> byId = new ConcurrentHashMap<>();
    private final Dispatcher dispatcher;
    private final Namespaces namespaces;
    private final LongSupplier nanos;
    private final boolean keepAlive;

    /**
     * None yet.
     *
     * @param namespaces whose rules name the roles that matter
     * @param nanos the clock of the sessions
     * @param keepAlive whether what a user says keeps his HTTP session alive
     */
    public Logins(Dispatcher dispatcher, Namespaces namespaces, LongSupplier nanos, boolean keepAlive) {
        this.dispatcher = dispatcher;
        this.namespaces = namespaces;
        this.nanos = nanos;
        this.keepAlive = keepAlive;
    }

    /** A session ends with this HTTP session from now on; at once, if that is over already. */
    public void bind(HttpSession login, Session session) {
        try {
            add(login, Set.of(session));
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
            add(login, known.live);
        }
    }

    private void add(HttpSession login, Set<Session> sessions) {
        byId.compute(login.getId(), (id, known) -> {
            Login found = known == null ? new Login(login) : known;
            found.live.addAll(sessions);
            return found;
        });
    }

    /** Whether something hangs on an HTTP session. */
    boolean knows(String id) {
        return byId.containsKey(id);
    }

    /** A request was seen: if its user is known, who he is now holds for what hangs on his HTTP session. */
    void seen(HttpServletRequest request, String id) {
        Login login = byId.get(id);
        if (login == null) {
            return;
        }
        of(request).ifPresent(session -> restore(login, session));
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            return; // before the application's own filters he may just not be known yet
        }
        Set<String> now = namespaces.rolesHeld(request::isUserInRole);
        for (Session session : login.live) {
            Identity identity = session.identity();
            if (!isByLogin(session)) {
                continue;
            }
            if (!identity.user().equals(principal.getName())) {
                session.close(Disconnect.EXPIRED);
            } else if (!identity.roles().equals(now)) {
                dispatcher.reauthorize(session, identity.withRoles(now));
            }
        }
    }

    /** A request has ended: WildFly shows what it changed in its HTTP session only to those who got that from it. */
    void left(HttpServletRequest request) {
        of(request).ifPresent(session -> {
            Login login = byId.get(session.getId());
            if (login != null) {
                login.session = session;
            }
        });
    }

    /** Whether the login let it in, and not a token beside it: those expire by themselves. */
    private static boolean isByLogin(Session session) {
        return !session.expires()
                && session.identity().user().equals(session.caller().identity().user());
    }

    /**
     * Ends what hangs on HTTP sessions that are over, and keeps those of active users alive; called with every tick.
     *
     * <p>Containers tell listeners of a time-out when they get round to it, which may take them a minute.
     */
    public void check() {
        byId.forEach((id, login) -> {
            login.live.removeIf(session -> !session.isOpen());
            try {
                if (!login.session.getId().equals(id)) {
                    renamed(id, login.session); // bound while it got its new one
                } else if (!login.live.isEmpty() && isOver(login)) {
                    ended(id);
                }
            } catch (IllegalStateException e) {
                ended(id); // invalid
            }
            byId.computeIfPresent(id, (key, kept) -> kept.live.isEmpty() ? null : kept);
        });
    }

    private boolean isOver(Login login) {
        synchronized (login) {
            int allowed = login.session.getMaxInactiveInterval();
            if (allowed <= 0) {
                return false;
            }
            long idle = System.currentTimeMillis() - login.session.getLastAccessedTime();
            if (keepAlive) {
                allowed = extend(login, allowed, idle);
            }
            boolean over = idle > allowed * SECOND;
            if (over && login.extended) {
                login.session.setMaxInactiveInterval(1); // some containers count from when it was set
            }
            return over;
        }
    }

    /**
     * Seconds that it may be idle, so that it ends as long after the user's last word as it would after a request: containers
     * count from the last request, and there is none.
     */
    private int extend(Login login, int allowed, long idle) {
        if (!login.extended) {
            login.given = allowed;
        }
        long silent = login.live.stream()
                .mapToLong(session -> nanos.getAsLong() - session.activeAt())
                .min()
                .orElse(Long.MAX_VALUE);
        int wanted = login.given + (int) TimeUnit.MILLISECONDS.toSeconds(Math.max(0, idle - silent / 1_000_000));
        if (wanted - allowed <= login.given / STEPS) {
            return allowed;
        }
        login.session.setMaxInactiveInterval(wanted);
        login.extended = true;
        return wanted;
    }

    /** From a request on, the container counts again. */
    private static void restore(Login login, HttpSession session) {
        synchronized (login) {
            login.session = session;
            if (login.extended) {
                login.extended = false;
                login.session.setMaxInactiveInterval(login.given);
            }
        }
    }

    /** The HTTP session of a request, if it has one. */
    public static Optional<HttpSession> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false));
    }
}
