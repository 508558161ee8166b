package io.switchboard.boot;

import io.switchboard.Switchboard;
import io.switchboard.access.Access;
import io.switchboard.channel.Namespaces;
import io.switchboard.credential.Tickets;
import io.switchboard.http.Gate;
import io.switchboard.http.HttpDoor;
import io.switchboard.http.Logins;
import io.switchboard.hub.Dispatcher;
import io.switchboard.session.Counters;
import io.switchboard.session.Means;
import io.switchboard.session.Sessions;
import io.switchboard.settings.Settings;
import io.switchboard.shortcut.Shortcuts;
import io.switchboard.websocket.Arrivals;
import io.switchboard.websocket.SocketDoor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what runs available for injection, to the doors and to application code. */
@ApplicationScoped
public class Wiring {
    @Produces
    @Singleton
    Exchange exchange() {
        return new Exchange(Settings.find());
    }

    void stop(@Disposes Exchange exchange) {
        exchange.stop(); // where no servlet context told us before
    }

    @Produces
    @Singleton
    Switchboard switchboard(Exchange exchange) {
        return exchange.switchboard();
    }

    @Produces
    @Singleton
    Sessions sessions(Exchange exchange) {
        return exchange.sessions();
    }

    @Produces
    @Singleton
    Counters counters(Exchange exchange) {
        return exchange.counters();
    }

    @Produces
    @Singleton
    Namespaces namespaces(Exchange exchange) {
        return exchange.namespaces();
    }

    @Produces
    @Singleton
    Dispatcher dispatcher(Exchange exchange) {
        return exchange.dispatcher();
    }

    @Produces
    @Singleton
    Means means(Exchange exchange) {
        return exchange.means();
    }

    @Produces
    @Singleton
    SocketDoor socketDoor(Exchange exchange) {
        return new SocketDoor(
                exchange.dispatcher(),
                exchange.logins(),
                exchange.means(),
                new Shortcuts(exchange.settings().shortcuts(), exchange.means().workers()));
    }

    @Produces
    @Singleton
    Arrivals arrivals() {
        return new Arrivals();
    }

    @Produces
    @Singleton
    Gate gate(Exchange exchange) {
        return exchange.gate();
    }

    @Produces
    @Singleton
    HttpDoor httpDoor(Exchange exchange) {
        return exchange.httpDoor();
    }

    @Produces
    @Singleton
    Access access(Exchange exchange) {
        return exchange.access();
    }

    @Produces
    @Singleton
    Tickets tickets(Exchange exchange) {
        return exchange.tickets();
    }

    @Produces
    @Singleton
    Logins logins(Exchange exchange) {
        return exchange.logins();
    }
}
