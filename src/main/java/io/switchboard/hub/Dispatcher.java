package io.switchboard.hub;

import io.switchboard.access.Authenticator;
import io.switchboard.access.Identity;
import io.switchboard.access.Permissions;
import io.switchboard.access.Verb;
import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.message.Command;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.Position;
import io.switchboard.message.Problem;
import io.switchboard.message.Publication;
import io.switchboard.message.Refusal;
import io.switchboard.session.Codec;
import io.switchboard.session.Connection;
import io.switchboard.session.Counters;
import io.switchboard.session.Session;
import io.switchboard.session.Sessions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Obeys commands: every door hands it connections and what their clients say. Thread-safe, and never blocks.
 *
 * <p>The commands of one session are obeyed in their order; the answers of publish and of reads may overtake each other.
 */
public final class Dispatcher {
    /** Commands that a client may put into one frame. */
    public static final int MAX_COMMANDS = 1_024;

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Sessions sessions;
    private final Authenticator authenticator;
    private final Permissions permissions;
    private final Hub hub;
    private final Subscribing subscribing;
    private final Reading reading;
    private final Map<Class<?>, LongAdder> obeyed;
    private final String version;

    /** A dispatcher over these parts; {@code version} is what clients are told on connect. */
    public Dispatcher(
            Sessions sessions,
            Authenticator authenticator,
            Permissions permissions,
            Hub hub,
            Counters counters,
            String version) {
        this.sessions = sessions;
        this.authenticator = authenticator;
        this.permissions = permissions;
        this.hub = hub;
        // by kind and once: this counts every command
        obeyed = Arrays.stream(Command.class.getPermittedSubclasses())
                .collect(Collectors.toUnmodifiableMap(
                        kind -> kind,
                        kind -> counters.counter(
                                "commands." + kind.getSimpleName().toLowerCase(Locale.ROOT))));
        this.version = version;
        subscribing = new Subscribing(hub, permissions);
        reading = new Reading(hub.engine(), permissions);
    }

    /** The session of a new connection; its identity holds until its client connects. */
    public Session open(Connection connection, Codec codec, Identity identity) {
        return sessions.open(connection, codec, identity);
    }

    /** Obeys what a client said in one frame. */
    public void obey(Session session, List<Command> commands) {
        session.heard();
        if (commands.isEmpty() || commands.size() > MAX_COMMANDS) {
            reject(session);
            return;
        }
        for (Command command : commands) {
            session.perform(() -> obey(session, command));
        }
    }

    /** Ends a session whose client said something that is no command at all. */
    public void reject(Session session) {
        session.close(Disconnect.BAD_REQUEST);
    }

    private CompletionStage<?> obey(Session session, Command command) {
        if (!session.isOpen()) {
            return done();
        }
        Optional.ofNullable(obeyed.get(command.getClass())).ifPresent(LongAdder::increment);
        if (session.isConnected() == command instanceof Command.Connect) {
            reject(session); // before connect nothing else may be said, and afterwards not this
            return done();
        }
        try {
            return decide(session, command);
        } catch (Refusal refusal) {
            refuse(session, command, refusal.problem());
        } catch (RuntimeException failure) {
            fail(session, command, failure);
        } catch (Error failure) {
            session.fail(failure); // a stack that overflowed, most likely: no state to go on from
        }
        return done();
    }

    private CompletionStage<?> decide(Session session, Command command) {
        if (command instanceof Command.Connect connect) {
            return connect(session, connect);
        } else if (command instanceof Command.Subscribe subscribe) {
            return subscribing.subscribe(session, channel(subscribe.channel()), subscribe);
        } else if (command instanceof Command.Unsubscribe unsubscribe) {
            return subscribing.unsubscribe(session, unsubscribe);
        } else if (command instanceof Command.Publish publish) {
            return answer(session, publish, publish(session, publish));
        } else if (command instanceof Command.Presence presence) {
            return answer(session, presence, reading.presence(session, channel(presence.channel()), presence));
        } else if (command instanceof Command.PresenceStats stats) {
            return answer(session, stats, reading.stats(session, channel(stats.channel()), stats));
        } else if (command instanceof Command.History history) {
            return answer(session, history, reading.history(session, channel(history.channel()), history));
        } else if (command instanceof Command.Pong) {
            session.ponged();
        } else if (command instanceof Command.Refresh) {
            reject(session); // no identity here has a date on which it expires
        } else if (command instanceof Command.SubRefresh refresh) {
            boolean subscribed = session.subscription(refresh.channel()).isPresent();
            throw new Refusal(subscribed ? Problem.NOT_AVAILABLE : Problem.PERMISSION_DENIED);
        } else if (command instanceof Command.Call) {
            throw new Refusal(Problem.NOT_AVAILABLE); // no application has a handler yet
        }
        return done(); // a send that nobody handles is dropped, as agreed in docs/protocol.md
    }

    private CompletionStage<?> connect(Session session, Command.Connect command) {
        return authenticator.authenticate(session.identity(), command.token()).whenComplete((identity, failure) -> {
            if (failure != null) {
                fail(session, command, failure);
            } else if (identity.isEmpty()) {
                session.close(Disconnect.INVALID_TOKEN);
            } else {
                session.connect(identity.get());
                long ping = session.limits().pingInterval().toSeconds();
                session.send(new Event.Connected(command.id(), session.id(), version, ping));
            }
        });
    }

    private CompletionStage<Event> publish(Session session, Command.Publish command) {
        ChannelName channel = channel(command.channel());
        Namespace namespace = permissions.demand(session.identity(), Verb.PUBLISH, channel);
        String data = command.data().orElseThrow(() -> new Refusal(Problem.BAD_REQUEST));
        Map<String, String> tags =
                command.key().map(key -> Map.of(Publication.KEY, key)).orElse(Map.of());
        Publication publication = new Publication(data, Position.UNKNOWN, Optional.of(session.info()), tags);
        return hub.engine()
                .publish(channel, namespace, publication)
                .thenApply(position -> new Event.Done(command.id(), "publish"));
    }

    /** Answers when the outcome is known; the next command need not wait for that. */
    private CompletionStage<?> answer(Session session, Command command, CompletionStage<Event> outcome) {
        outcome.whenComplete((event, failure) -> {
            if (failure == null) {
                session.send(event);
            } else {
                fail(session, command, failure);
            }
        });
        return done();
    }

    private static ChannelName channel(String name) {
        return ChannelName.parse(name).orElseThrow(() -> new Refusal(Problem.BAD_REQUEST));
    }

    private void refuse(Session session, Command command, Problem problem) {
        session.send(new Event.Refused(command.id(), problem));
    }

    private void fail(Session session, Command command, Throwable failure) {
        LOG.log(Level.WARNING, () -> "command failed: " + command.getClass().getSimpleName(), failure);
        if (command instanceof Command.Connect) {
            session.close(Disconnect.INTERNAL); // what follows in the frame must not be held against the client
        } else {
            refuse(session, command, Problem.INTERNAL);
        }
    }

    private static CompletionStage<?> done() {
        return CompletableFuture.completedFuture(true);
    }
}
