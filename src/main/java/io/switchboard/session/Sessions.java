package io.switchboard.session;

import io.switchboard.access.Caller;
import io.switchboard.message.Disconnect;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The registry of all sessions of this node. Thread-safe. */
public final class Sessions {
    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final Index byUser = new Index();
    private final Index byAddress = new Index();
    private final Means means;
    private final Seldom faults;
    private volatile Optional<Disconnect> closing = Optional.empty();

    /** An empty registry. */
    public Sessions(Means means) {
        this.means = means;
        faults = new Seldom(System.getLogger(Sessions.class.getName()), means.nanos());
    }

    /** Makes the session of a new connection; what its container says of the client holds until it connects. */
    public Session open(Connection connection, Codec codec, Caller caller) {
        Session session = new Session(UUID.randomUUID().toString(), connection, codec, caller, means, this);
        byId.put(session.id(), session);
        byUser.add(caller.identity().user(), session);
        byAddress.add(session.address(), session);
        means.counters().count("sessions.opened");
        closing.ifPresent(session::close);
        if (!session.isOpen()) {
            remove(session); // closed by somebody who saw it before it was in every index
        }
        return session;
    }

    /** The session with that id. */
    public Optional<Session> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Sessions of a user; the empty id names all anonymous ones. */
    public Set<Session> byUser(String user) {
        return byUser.get(user);
    }

    /** Sessions from an address. */
    public Set<Session> byAddress(String address) {
        return byAddress.get(address);
    }

    /** All sessions. */
    public Collection<Session> all() {
        return List.copyOf(byId.values());
    }

    /** How many sessions there are. */
    public int count() {
        return byId.size();
    }

    /** Users with at least one session, without the anonymous. */
    public Set<String> users() {
        return byUser.keys().stream().filter(user -> !user.isEmpty()).collect(Collectors.toSet());
    }

    /** Looks at the clocks of every session: pings what is due, gives up what is dead or deaf. */
    public void check() {
        long now = means.nanos().getAsLong();
        long waiting = 0;
        for (Session session : byId.values()) {
            session.check(now);
            waiting += session.waiting();
        }
        if (waiting > means.limits().waiting()) {
            shed(waiting);
        }
    }

    /** Gives up those for whom most is waiting, until the others have room. */
    private void shed(long waiting) {
        List<Map.Entry<Session, Integer>> fattest = byId.values().stream()
                .map(session -> Map.entry(session, session.waiting()))
                .sorted(Map.Entry.<Session, Integer>comparingByValue().reversed())
                .toList();
        long left = waiting;
        for (Map.Entry<Session, Integer> next : fattest) {
            if (left <= means.limits().waiting()) {
                return;
            }
            left -= next.getValue();
            means.counters().count("sessions.shed");
            next.getKey().close(Disconnect.SLOW);
        }
    }

    /** Ends every session, and from now on every new one. */
    public void closeAll(Disconnect why) {
        closing = Optional.of(why);
        byId.values().forEach(session -> session.close(why));
    }

    /** Tells the log of a fault that ended a session. */
    void tell(Throwable failure) {
        faults.warn(() -> "a session was ended by a fault", failure);
    }

    void identify(Session session, String oldUser, String newUser) {
        byUser.remove(oldUser, session);
        byUser.add(newUser, session);
        if (!session.isOpen()) {
            byUser.remove(newUser, session);
        }
    }

    void remove(Session session) {
        byId.remove(session.id());
        byUser.remove(session.identity().user(), session);
        byAddress.remove(session.address(), session);
    }
}
