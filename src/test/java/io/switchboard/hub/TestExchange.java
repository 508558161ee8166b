package io.switchboard.hub;

import io.switchboard.access.Access;
import io.switchboard.access.Admission;
import io.switchboard.access.Authenticator;
import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.access.Permissions;
import io.switchboard.access.Tokens;
import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.channel.Namespaces;
import io.switchboard.channel.OnLag;
import io.switchboard.channel.Recovery;
import io.switchboard.channel.Rule;
import io.switchboard.credential.Credentials;
import io.switchboard.credential.NoTokens;
import io.switchboard.credential.Revocations;
import io.switchboard.credential.Tickets;
import io.switchboard.engine.Engine;
import io.switchboard.engine.MemoryEngine;
import io.switchboard.json.NativeCodec;
import io.switchboard.json.NativeReader;
import io.switchboard.json.Received;
import io.switchboard.message.Publication;
import io.switchboard.quota.QuotaLimits;
import io.switchboard.quota.Quotas;
import io.switchboard.session.Counters;
import io.switchboard.session.Limits;
import io.switchboard.session.ManualClock;
import io.switchboard.session.ManualExecutor;
import io.switchboard.session.Means;
import io.switchboard.session.RecordingConnection;
import io.switchboard.session.Session;
import io.switchboard.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The real core with a memory engine, whose clock and threads a test turns by hand. */
final class TestExchange {
    private static final NativeCodec CODEC = new NativeCodec(); // frames are shared by all who speak the same

    /** What the wall clock says in the beginning. */
    static final Instant START = Instant.ofEpochSecond(2_000_000_000);

    static final Rule ANYONE = Rule.parse("anyone");

    final ManualClock clock = new ManualClock();
    final ManualExecutor workers = new ManualExecutor();
    final ManualExecutor closers = new ManualExecutor();
    final Counters counters = new Counters();
    final Namespaces namespaces;
    final Engine engine;
    final Sessions sessions;
    final Hub hub;
    final Dispatcher dispatcher;

    /** By how much the wall clock was set. */
    Duration step = Duration.ZERO;

    TestExchange(TailLimits tail, Namespace... namespaces) {
        this(Limits.DEFAULT, tail, new NoTokens(), namespaces);
    }

    TestExchange(Limits limits, TailLimits tail, Tokens tokens, Namespace... all) {
        this(limits, tail, credentials(tokens), tokens, QuotaLimits.NONE, true, all);
    }

    TestExchange(
            Limits limits,
            TailLimits tail,
            Authenticator authenticator,
            Tokens tokens,
            QuotaLimits quotas,
            boolean anonymous,
            Namespace... all) {
        namespaces = new Namespaces(List.of(all));
        AtomicInteger epochs = new AtomicInteger();
        engine = new MemoryEngine(
                () -> TimeUnit.NANOSECONDS.toMillis(clock.getAsLong()),
                () -> "epoch" + epochs.incrementAndGet(),
                Duration.ofHours(1));
        Means means =
                new Means(limits, new Quotas(quotas, clock), clock, () -> 0.5, counters, workers, closers, closers);
        sessions = new Sessions(means);
        hub = new Hub(engine, tail, workers, clock, counters);
        dispatcher = new Dispatcher(
                sessions,
                new Access(authenticator, tokens, new Permissions(namespaces), wall(), anonymous),
                hub,
                counters,
                "test");
    }

    /** Every caller is judged like this. */
    static TestExchange judging(Supplier<CompletionStage<Admission>> verdict, Namespace namespace) {
        Authenticator judge = new Authenticator() {
            @Override
            public CompletionStage<Admission> authenticate(Caller caller, Optional<String> token) {
                return verdict.get();
            }

            @Override
            public CompletionStage<Admission> renew(String token) {
                return verdict.get();
            }
        };
        return new TestExchange(
                Limits.DEFAULT, TailLimits.DEFAULT, judge, new NoTokens(), QuotaLimits.NONE, true, namespace);
    }

    static Authenticator credentials(Tokens tokens) {
        return new Credentials(
                tokens,
                new Tickets(() -> 0, Duration.ofSeconds(30)),
                new Revocations(InstantSource.fixed(Instant.EPOCH), Duration.ofHours(1)));
    }

    /** The wall clock, which here goes with the other one. */
    InstantSource wall() {
        return () -> START.plusNanos(clock.getAsLong()).plus(step);
    }

    /** A namespace without history in which a role is needed to subscribe, and another to see who is there. */
    static Namespace closed(String name, String subscribe, String members) {
        Rule seeing = Rule.parse(members);
        return new Namespace(
                name,
                0,
                Duration.ZERO,
                true,
                true,
                Recovery.OFF,
                Rule.parse(subscribe),
                ANYONE,
                ANYONE,
                seeing,
                OnLag.RESUBSCRIBE);
    }

    /** A namespace open to anyone, with history, members and recovery. */
    static Namespace open(String name, int history, Recovery recovery, OnLag onLag) {
        return new Namespace(
                name, history, Duration.ofMinutes(10), true, true, recovery, ANYONE, ANYONE, ANYONE, ANYONE, onLag);
    }

    static Namespace open(String name) {
        return open(name, 100, Recovery.STREAM, OnLag.RESUBSCRIBE);
    }

    static Namespace plain(String name, OnLag onLag) {
        return open(name, 0, Recovery.OFF, onLag);
    }

    Client connect() {
        Client client = arrive(Identity.ANONYMOUS);
        client.say("{\"connect\":{},\"id\":1}");
        client.connection.lines();
        return client;
    }

    /** Somebody who connects with a token, which must be good. */
    Client connect(String token) {
        Client client = arrive(Identity.ANONYMOUS);
        client.say("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}");
        if (!client.session.isConnected()) {
            throw new AssertionError("not connected: " + client.connection.lines() + client.connection.closed());
        }
        client.connection.lines();
        return client;
    }

    /** Lets time pass, and every session look at its clocks. */
    void pass(Duration time) {
        clock.advance(time);
        sessions.check();
        workers.runAll();
        closers.runAll();
    }

    Client arrive(Identity identity) {
        return arrive(new Caller("192.0.2.1", "", identity, Optional.empty()));
    }

    Client arrive(Caller caller) {
        RecordingConnection connection = new RecordingConnection();
        return new Client(connection, dispatcher.open(connection, CODEC, caller));
    }

    void publish(String channel, String json) {
        ChannelName name = new ChannelName(channel);
        engine.publish(name, namespaces.of(name).orElseThrow(), Publication.of(json));
    }

    /** Publishes the numbers from one to another, then lets the threads run. */
    void publish(String channel, int from, int to) {
        for (int i = from; i <= to; i++) {
            publish(channel, String.valueOf(i));
        }
        workers.runAll();
    }

    /** Somebody at the other end of a recording connection. */
    final class Client {
        final RecordingConnection connection;
        final Session session;

        Client(RecordingConnection connection, Session session) {
            this.connection = connection;
            this.session = session;
        }

        void say(String frame) {
            Received received = new NativeReader(Dispatcher.MAX_COMMANDS).read(frame);
            received.fault().ifPresentOrElse(session::close, () -> dispatcher.obey(session, received.commands()));
            workers.runAll();
            closers.runAll();
        }

        /** Says it and gives what was answered. */
        List<String> ask(String frame) {
            connection.lines();
            say(frame);
            return connection.lines();
        }

        List<String> heard() {
            workers.runAll();
            return connection.lines();
        }

        /** Payloads of the publications heard since the last call. */
        List<String> data() {
            return heard().stream()
                    .filter(line -> line.contains("\"pub\""))
                    .map(line -> line.replaceAll(".*\"data\":([^,}]*).*", "$1"))
                    .toList();
        }
    }
}
