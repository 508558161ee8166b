package io.switchboard.hub;

import io.switchboard.access.Access;
import io.switchboard.access.Admission;
import io.switchboard.access.BadToken;
import io.switchboard.access.Identity;
import io.switchboard.access.Verb;
import io.switchboard.channel.ChannelName;
import io.switchboard.message.Command;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.Problem;
import io.switchboard.message.Refusal;
import io.switchboard.message.Unsubscribe;
import io.switchboard.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Lets clients in, and looks again whenever what they may has changed. Thread-safe. */
final class Connecting {
    private final Hub hub;
    private final Access access;
    private final Subscribing subscribing;
    private final String version;

    Connecting(Hub hub, Access access, Subscribing subscribing, String version) {
        this.hub = hub;
        this.access = access;
        this.subscribing = subscribing;
        this.version = version;
    }

    /** Fails with a {@link Refusal} if he may come back with something else; if he may not, the session ends. */
    CompletionStage<Command> connect(Session session, Command.Connect command) {
        return access.authenticator()
                .authenticate(session.caller(), command.token())
                .thenCompose(admission -> admit(session, command, admission))
                .exceptionally(failure -> {
                    Throwable cause = Dispatcher.cause(failure);
                    if (cause instanceof BadToken bad && !bad.isExpired()) {
                        session.close(Disconnect.INVALID_TOKEN);
                        return command;
                    }
                    throw new CompletionException(
                            cause instanceof BadToken ? new Refusal(Problem.TOKEN_EXPIRED) : cause);
                });
    }

    /** Goes on with a new token of the same user; roles that he lost cost him the subscriptions that needed them. */
    CompletionStage<?> refresh(Session session, Command.Refresh command) {
        if (command.token().isEmpty() || !session.expires()) {
            session.close(Disconnect.BAD_REQUEST); // there is nothing to renew
            return CompletableFuture.completedFuture(command);
        }
        return access.authenticator().renew(command.token().get()).handle((admission, failure) -> {
            if (failure == null) {
                renew(session, command, admission);
            } else if (!(Dispatcher.cause(failure) instanceof BadToken bad)) {
                throw new Refusal(Problem.INTERNAL);
            } else {
                session.close(bad.isExpired() ? Disconnect.EXPIRED : Disconnect.INVALID_TOKEN);
            }
            return command;
        });
    }

    /** The client's identity is this from now on: what it may no longer hear ends here. */
    void reauthorize(Session session, Identity identity) {
        session.identify(identity);
        for (String name : session.channels()) {
            session.subscription(name)
                    .filter(source -> source instanceof Subscription)
                    .map(Subscription.class::cast)
                    .filter(subscription -> subscription.grant().kind() == Grant.Kind.RULE)
                    .ifPresent(subscription -> reauthorize(session, new ChannelName(name), subscription));
        }
    }

    private void reauthorize(Session session, ChannelName channel, Subscription subscription) {
        if (!access.permissions().allows(session.identity(), Verb.SUBSCRIBE, channel)) {
            hub.expel(session, channel, subscription, Unsubscribe.PERMISSION_DENIED);
        } else if (subscription.hearsMembers()
                && !access.permissions().allows(session.identity(), Verb.MEMBERS, channel)) {
            hub.expel(session, channel, subscription, Unsubscribe.INSUFFICIENT_STATE); // to come again and hear less
        }
    }

    private void renew(Session session, Command.Refresh command, Admission admission) {
        if (!admission.identity().user().equals(session.identity().user())) {
            session.close(Disconnect.INVALID_TOKEN);
            return;
        }
        Lease lease = lease(session, admission);
        reauthorize(session, admission.identity());
        session.send(new Event.Refreshed(command.id(), lease.ttl()));
    }

    private CompletionStage<Command> admit(Session session, Command.Connect command, Admission admission) {
        if (!admission.identity().isSignedIn() && !access.anonymous()) {
            throw new Refusal(Problem.UNAUTHORIZED);
        }
        if (admission.subscriptions().size() > session.limits().subscriptions()) {
            session.close(Disconnect.CHANNEL_LIMIT);
            return CompletableFuture.completedFuture(command);
        }
        if (lease(admission).isOver(hub.now())) {
            throw new Refusal(Problem.TOKEN_EXPIRED);
        }
        List<CompletableFuture<Subscribing.Ready>> prepared = new ArrayList<>();
        admission.subscriptions().keySet().forEach(name -> access.permissions().namespace(channel(name)));
        if (!session.connect(admission.identity())) {
            return CompletableFuture.completedFuture(command);
        }
        Lease lease = lease(session, admission);
        admission.subscriptions().forEach((name, subscription) -> {
            ChannelName channel = channel(name);
            Subscribing.Wish wish =
                    new Subscribing.Wish(0, Optional.ofNullable(command.since().get(name)), true, false);
            prepared.add(subscribing
                    .prepare(session, channel, access.permissions().namespace(channel), Grant.of(subscription), wish)
                    .toCompletableFuture());
        });
        return CompletableFuture.allOf(prepared.toArray(CompletableFuture[]::new))
                .thenApply(all -> answer(
                        session,
                        command,
                        lease,
                        prepared.stream().map(CompletableFuture::join).toList()));
    }

    private Command answer(Session session, Command.Connect command, Lease lease, List<Subscribing.Ready> prepared) {
        Map<String, Event.Subscribed> subscriptions = new TreeMap<>();
        prepared.forEach(ready -> subscriptions.put(ready.answer().channel(), ready.answer()));
        long ping = session.limits().pingInterval().toSeconds();
        session.send(new Event.Connected(
                command.id(), session.id(), version, ping, lease.ttl(), subscriptions, session.handle()));
        prepared.forEach(ready -> ready.start().run());
        return command;
    }

    private Lease lease(Session session, Admission admission) {
        Lease lease = lease(admission);
        session.endAt(lease.end());
        return lease;
    }

    private Lease lease(Admission admission) {
        return Lease.until(admission.expiresAt(), access.clock().instant(), hub.now());
    }

    private static ChannelName channel(String name) {
        return ChannelName.parse(name).orElseThrow(() -> new Refusal(Problem.BAD_REQUEST));
    }
}
