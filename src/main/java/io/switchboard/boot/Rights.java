package io.switchboard.boot;

import io.switchboard.credential.Revocations;
import io.switchboard.credential.Tickets;
import io.switchboard.hub.Dispatcher;
import io.switchboard.message.Disconnect;
import io.switchboard.session.Session;
import io.switchboard.session.Sessions;
import java.util.Set;

/** Takes away or changes what users were given. Thread-safe. */
final class Rights {
    private final Dispatcher dispatcher;
    private final Sessions sessions;
    private final Tickets tickets;
    private final Revocations revocations;

    Rights(Dispatcher dispatcher, Sessions sessions, Tickets tickets, Revocations revocations) {
        this.dispatcher = dispatcher;
        this.sessions = sessions;
        this.tickets = tickets;
        this.revocations = revocations;
    }

    int revoke(String user) {
        revocations.revoke(user);
        tickets.revoke(user);
        Set<Session> all = sessions.byUser(user);
        all.forEach(session -> session.close(Disconnect.EXPIRED));
        return all.size();
    }

    int setRoles(String user, Set<String> roles) {
        Set<Session> all = sessions.byUser(user);
        all.forEach(
                session -> dispatcher.reauthorize(session, session.identity().withRoles(roles)));
        return all.size();
    }
}
