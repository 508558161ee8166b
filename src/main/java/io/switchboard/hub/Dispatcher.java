package io.switchboard.hub;

import io.switchboard.access.Access;
import io.switchboard.access.Caller;
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
import io.switchboard.session.Seldom;
import io.switchboard.session.Session;
import io.switchboard.session.Sessions;
import java.lang.System.Logger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    private static final int READ_WEIGHT = 5;

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Seldom warnings;
    private final Sessions sessions;
    private final Permissions permissions;
    private final Hub hub;
    private final Connecting connecting;
    private final Subscribing subscribing;
    private final Reading reading;
    private final Map<Class<?>, LongAdder> obeyed;

    /** A dispatcher over these parts; {@code version} is what clients are told on connect. */
    public Dispatcher(Sessions sessions, Access access, Hub hub, Counters counters, String version) {
        warnings = new Seldom(LOG, hub::now);
        this.sessions = sessions;
        permissions = access.permissions();
        this.hub = hub;
        // by kind and once: this counts every command
        obeyed = Arrays.stream(Command.class.getPermittedSubclasses())
                .collect(Collectors.toUnmodifiableMap(
                        kind -> kind,
                        kind -> counters.counter(
                                "commands." + kind.getSimpleName().toLowerCase(Locale.ROOT))));
        subscribing = new Subscribing(hub, access);
        connecting = new Connecting(hub, access, subscribing, version);
        reading = new Reading(hub.engine(), permissions);
    }

    /** The session of a new connection; its identity holds until its client connects. */
    public Session open(Connection connection, Codec codec, Caller caller) {
        return sessions.open(connection, codec, caller);
    }

    /** Whether a message of so many bytes may be read; if not, the session ends. */
    public boolean mayRead(Session session, int bytes) {
        boolean may = session.allowance().message(bytes);
        if (!may) {
            session.close(Disconnect.TOO_MANY_REQUESTS);
        }
        return may;
    }

    /** The client's identity is this from now on: what it may no longer hear ends. */
    public void reauthorize(Session session, Identity identity) {
        connecting.reauthorize(session, identity);
    }

    /** Obeys what a client said in one frame. */
    public void obey(Session session, List<Command> commands) {
        session.heard();
        if (commands.stream().anyMatch(command -> !(command instanceof Command.Pong))) {
            session.active();
        }
        if (commands.isEmpty() || commands.size() > MAX_COMMANDS) {
            reject(session);
            return;
        }
        for (Command command : commands) {
            switch (session.allowance().command(weight(command))) {
                case OBEY -> session.perform(() -> obey(session, command));
                case REFUSE -> session.perform(() -> refuseForNow(session, command));
                case END -> {
                    session.close(Disconnect.TOO_MANY_REQUESTS);
                    return;
                }
            }
        }
    }

    /** Ends a session whose client said something that is no command at all. */
    public void reject(Session session) {
        session.close(Disconnect.BAD_REQUEST);
    }

    private CompletionStage<?> obey(Session session, Command command) {
        if (!session.isOpen() || session.isTurnedAway()) {
            return done(); // the rest of a frame that began with a connect that was refused
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

    /** How much a command counts: reading costs us more than the client. */
    private static int weight(Command command) {
        return command instanceof Command.History
                        || command instanceof Command.Presence
                        || command instanceof Command.PresenceStats
                ? READ_WEIGHT
                : 1;
    }

    private CompletionStage<?> refuseForNow(Session session, Command command) {
        if (!session.isConnected()) {
            session.close(Disconnect.TOO_MANY_REQUESTS);
        } else if (command instanceof Command.Unsubscribe unsubscribe) {
            return subscribing.unsubscribe(session, unsubscribe); // the SDKs would take an error for a broken line
        } else if (command instanceof Command.Pong) {
            session.ponged(); // without it a session would be given up that is only loud
        } else if (command.id() > 0) {
            refuse(session, command, Problem.TOO_MANY_REQUESTS);
        }
        return done();
    }

    private CompletionStage<?> decide(Session session, Command command) {
        if (command instanceof Command.Connect connect) {
            return guarded(session, connect, connecting.connect(session, connect));
        } else if (command instanceof Command.Subscribe subscribe) {
            ChannelName channel = named(session, subscribe.channel());
            return guarded(session, subscribe, subscribing.subscribe(session, channel, subscribe));
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
        } else if (command instanceof Command.Refresh refresh) {
            return guarded(session, refresh, connecting.refresh(session, refresh));
        } else if (command instanceof Command.SubRefresh refresh) {
            return guarded(session, refresh, subscribing.refresh(session, refresh));
        } else if (command instanceof Command.Call) {
            throw new Refusal(Problem.NOT_AVAILABLE); // no application has a handler yet
        }
        return done(); // a send that nobody handles is dropped, as agreed in docs/protocol.md
    }

    /** The stage, with its failure told to the client. */
    private CompletionStage<?> guarded(Session session, Command command, CompletionStage<?> stage) {
        return stage.whenComplete((done, failure) -> {
            if (failure != null) {
                fail(session, command, failure);
            }
        });
    }

    private CompletionStage<Event> publish(Session session, Command.Publish command) {
        ChannelName channel = named(session, command.channel());
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

    /** A channel that the client may make come into being by naming it. */
    private static ChannelName named(Session session, String name) {
        ChannelName channel = channel(name);
        if (!session.allowance().name(name)) {
            throw new Refusal(Problem.TOO_MANY_REQUESTS);
        }
        return channel;
    }

    private void refuse(Session session, Command command, Problem problem) {
        if (command instanceof Command.Connect) {
            session.turnAway();
        }
        session.send(new Event.Refused(command.id(), problem));
    }

    private void fail(Session session, Command command, Throwable thrown) {
        Throwable failure = cause(thrown);
        if (failure instanceof Refusal refusal) {
            refuse(session, command, refusal.problem());
            return;
        }
        warnings.warn(() -> "command failed: " + command.getClass().getSimpleName(), failure);
        if (command instanceof Command.Connect) {
            session.close(Disconnect.INTERNAL); // what follows in the frame must not be held against the client
        } else {
            refuse(session, command, Problem.INTERNAL);
        }
    }

    /** What really went wrong, without the wrapping that stages give it. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static CompletionStage<?> done() {
        return CompletableFuture.completedFuture(true);
    }
}
