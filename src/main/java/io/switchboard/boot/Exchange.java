package io.switchboard.boot;

import io.switchboard.Switchboard;
import io.switchboard.access.Access;
import io.switchboard.access.Permissions;
import io.switchboard.access.Tokens;
import io.switchboard.channel.Namespaces;
import io.switchboard.credential.Credentials;
import io.switchboard.credential.NoTokens;
import io.switchboard.credential.Revocations;
import io.switchboard.credential.Tickets;
import io.switchboard.engine.Engine;
import io.switchboard.engine.MemoryEngine;
import io.switchboard.http.Gate;
import io.switchboard.http.Handles;
import io.switchboard.http.HttpDoor;
import io.switchboard.http.Logins;
import io.switchboard.hub.Dispatcher;
import io.switchboard.hub.Hub;
import io.switchboard.message.Disconnect;
import io.switchboard.quota.Quotas;
import io.switchboard.session.Counters;
import io.switchboard.session.Means;
import io.switchboard.session.Sessions;
import io.switchboard.settings.AccessSettings;
import io.switchboard.settings.NamespaceSettings;
import io.switchboard.settings.Settings;
import io.switchboard.settings.TokenKeys;
import io.switchboard.token.JoseTokens;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Everything that runs, put together. Thread-safe. */
final class Exchange {
    private static final long CLOSE_MILLIS = 5_000;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final Settings settings;
    private final Namespaces namespaces;
    private final Counters counters = new Counters();
    private final Threads threads;
    private final AccessSettings rules;
    private final Quotas quotas;
    private final Gate gate;
    private final Tickets tickets;
    private final Revocations revocations;
    private final Access access;
    private final Logins logins;
    private final HttpDoor httpDoor;
    private final Means means;
    private final Sessions sessions;
    private final Engine engine;
    private final Hub hub;
    private final Dispatcher dispatcher;
    private final Switchboard switchboard;

    /** Puts it together and starts the clocks. */
    Exchange(Settings settings) {
        this.settings = settings;
        namespaces = new NamespaceSettings(settings).read();
        rules = new AccessSettings(settings);
        quotas = new Quotas(rules.quotas(), System::nanoTime);
        gate = new Gate(rules.origins(), rules.proxies(), quotas, counters, settings.tokenInQuery());
        tickets = new Tickets(System::nanoTime, rules.ticketLifetime());
        revocations = new Revocations(InstantSource.system(), rules.revocationMemory());
        threads = new Threads(settings.fanOutThreads());
        Tokens tokens = tokens(settings, threads);
        access = new Access(
                new Credentials(tokens, tickets, revocations),
                tokens,
                new Permissions(namespaces),
                InstantSource.system(),
                rules.anonymous());
        means = new Means(
                settings.limits(),
                quotas,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble(),
                counters,
                threads.workers(),
                threads.closers(),
                threads.pingers());
        sessions = new Sessions(means);
        engine = new MemoryEngine(
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), Exchange::epoch, settings.metaTtl());
        hub = new Hub(engine, settings.tail(), threads.workers(), System::nanoTime, counters);
        dispatcher = new Dispatcher(sessions, access, hub, counters, "switchboard " + Version.CURRENT);
        logins = new Logins(dispatcher, namespaces, System::nanoTime, rules.keepsLoginAlive());
        httpDoor = new HttpDoor(dispatcher, gate, logins, namespaces, new Handles(epoch()), System::nanoTime);
        switchboard = new LiveSwitchboard(
                namespaces,
                engine,
                hub,
                sessions,
                new Payloads(),
                new Rights(dispatcher, sessions, tickets, revocations));
        threads.start(this::check, this::sweep);
    }

    private void check() {
        sessions.check();
        logins.check();
        httpDoor.check();
    }

    private static Tokens tokens(Settings settings, Threads threads) {
        return new TokenKeys(settings)
                .read()
                .<Tokens>map(good -> new JoseTokens(good, Clock.systemUTC(), System::nanoTime, threads::after))
                .orElseGet(NoTokens::new);
    }

    private void sweep() {
        engine.sweep();
        quotas.sweep();
        tickets.sweep();
        revocations.sweep();
        httpDoor.handles().sweep();
    }

    /** What whoever set it up should hear. */
    List<String> warnings() {
        boolean anybodys = new TokenKeys(settings)
                .read()
                .filter(good -> good.issuer().isEmpty() || good.audience().isEmpty())
                .isPresent();
        return anybodys
                ? List.of(
                        "tokens are taken from any issuer or for any audience: set switchboard.token.issuer and audience")
                : List.of();
    }

    /** The gate that requests come through. */
    Gate gate() {
        return gate;
    }

    /** The door of clients that come by HTTP. */
    HttpDoor httpDoor() {
        return httpDoor;
    }

    Access access() {
        return access;
    }

    Tickets tickets() {
        return tickets;
    }

    Logins logins() {
        return logins;
    }

    /** Tells every client to come back later and ends every thread; safe to call again. */
    void stop() {
        threads.stop(sessions, Disconnect.SERVICE_RESTART, CLOSE_MILLIS);
    }

    Settings settings() {
        return settings;
    }

    Namespaces namespaces() {
        return namespaces;
    }

    Counters counters() {
        return counters;
    }

    Means means() {
        return means;
    }

    Sessions sessions() {
        return sessions;
    }

    Engine engine() {
        return engine;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Switchboard switchboard() {
        return switchboard;
    }

    /** A name that no other stream ever had. */
    private static String epoch() {
        return new SecureRandom()
                .ints(8, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
