package io.switchboard.hub;

import io.switchboard.access.Authenticator;
import io.switchboard.access.ContainerLogin;
import io.switchboard.access.Identity;
import io.switchboard.access.Permissions;
import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.channel.Namespaces;
import io.switchboard.channel.OnLag;
import io.switchboard.channel.Recovery;
import io.switchboard.channel.Rule;
import io.switchboard.engine.Engine;
import io.switchboard.engine.MemoryEngine;
import io.switchboard.json.NativeCodec;
import io.switchboard.json.NativeReader;
import io.switchboard.json.Received;
import io.switchboard.message.Publication;
import io.switchboard.session.Counters;
import io.switchboard.session.Limits;
import io.switchboard.session.ManualClock;
import io.switchboard.session.ManualExecutor;
import io.switchboard.session.Means;
import io.switchboard.session.RecordingConnection;
import io.switchboard.session.Session;
import io.switchboard.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The real core with a memory engine, whose clock and threads a test turns by hand. */
final class TestExchange {
    private static final NativeCodec CODEC = new NativeCodec(); // frames are shared by all who speak the same

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

    TestExchange(TailLimits tail, Namespace... namespaces) {
        this(Limits.DEFAULT, tail, new ContainerLogin(), namespaces);
    }

    TestExchange(Limits limits, TailLimits tail, Authenticator authenticator, Namespace... all) {
        namespaces = new Namespaces(List.of(all));
        AtomicInteger epochs = new AtomicInteger();
        engine = new MemoryEngine(
                () -> TimeUnit.NANOSECONDS.toMillis(clock.getAsLong()),
                () -> "epoch" + epochs.incrementAndGet(),
                Duration.ofHours(1));
        Means means = new Means(limits, clock, () -> 0.5, counters, workers, closers, closers);
        sessions = new Sessions(means);
        hub = new Hub(engine, tail, workers, counters);
        dispatcher = new Dispatcher(sessions, authenticator, new Permissions(namespaces), hub, counters, "test");
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
        Client client = arrive(new Identity("", Set.of(), java.util.Optional.empty()));
        client.say("{\"connect\":{},\"id\":1}");
        client.connection.lines();
        return client;
    }

    Client arrive(Identity identity) {
        RecordingConnection connection = new RecordingConnection();
        return new Client(connection, dispatcher.open(connection, CODEC, identity));
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
