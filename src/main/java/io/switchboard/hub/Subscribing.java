package io.switchboard.hub;

import io.switchboard.access.Access;
import io.switchboard.access.BadToken;
import io.switchboard.access.SubscriptionToken;
import io.switchboard.access.Verb;
import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.channel.Recovery;
import io.switchboard.engine.History;
import io.switchboard.engine.HistoryQuery;
import io.switchboard.message.Command;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.Position;
import io.switchboard.message.Problem;
import io.switchboard.message.Refusal;
import io.switchboard.session.Session;
import io.switchboard.session.Source;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Begins, renews and ends subscriptions. Thread-safe.
 *
 * <p>The reader is attached to the tail first, then the history is read, then the answer goes out and the reader starts after
 * what the answer held: so there is neither a gap nor a repeat, whatever is published meanwhile. A stage fails with a
 * {@link Refusal} if the client may not.
 */
final class Subscribing {
    /** Publications in an answer; what is missing beyond them follows as if it were live. */
    private static final int FIRST_PAGE = 512;

    /** A subscription whose answer can go out; only then it may start. */
    record Ready(Event.Subscribed answer, Runnable start) {}

    /**
     * How a client would like to follow a channel.
     *
     * @param id number of the command that its answer carries
     * @param since where it stopped reading, if it wants what it missed
     * @param joinLeave whether it wants to hear of members coming and going
     * @param refuseUnrecovered whether it wants an error instead of an answer that says "not recovered"
     */
    record Wish(long id, Optional<Position> since, boolean joinLeave, boolean refuseUnrecovered) {}

    private final Hub hub;
    private final Access access;

    Subscribing(Hub hub, Access access) {
        this.hub = hub;
        this.access = access;
    }

    CompletionStage<?> subscribe(Session session, ChannelName channel, Command.Subscribe command) {
        Namespace namespace = access.permissions().namespace(channel);
        CompletionStage<Grant> granted = command.token()
                .map(token -> byToken(session, channel, token))
                .orElseGet(() -> byRule(session, channel));
        Wish wish = new Wish(command.id(), command.since(), command.joinLeave(), command.refuseUnrecovered());
        return granted.thenCompose(grant -> {
                    command.unsupported().ifPresent(problem -> {
                        throw new Refusal(problem);
                    });
                    return prepare(session, channel, namespace, grant, wish);
                })
                .thenAccept(ready -> {
                    session.send(ready.answer());
                    ready.start().run();
                });
    }

    /** Makes a subscription, unless there is one or there are too many. */
    CompletionStage<Ready> prepare(Session session, ChannelName channel, Namespace namespace, Grant grant, Wish wish) {
        if (session.subscription(channel.value()).isPresent()) {
            throw new Refusal(Problem.ALREADY_SUBSCRIBED);
        }
        if (session.subscriptions() >= session.limits().subscriptions()) {
            throw new Refusal(Problem.LIMIT_EXCEEDED);
        }
        boolean hearsMembers = wish.joinLeave()
                && namespace.joinLeave()
                && access.permissions().allows(session.identity(), Verb.MEMBERS, channel);
        Hub.Attached attached = hub.attach(session, channel, namespace, hearsMembers, grant);
        Subscription subscription = attached.subscription();
        session.follow(channel.value(), subscription);
        if (grant.lease().end().isPresent()) {
            session.watch();
        }
        if (grant.kind() == Grant.Kind.RULE
                && !access.permissions().allows(session.identity(), Verb.SUBSCRIBE, channel)) {
            throw undo(session, channel, Problem.PERMISSION_DENIED); // taken away since he was judged
        }
        if (!namespace.keepsHistory()) {
            subscription.join(); // before the answer: who was answered is a member
            Event.Subscribed plain = new Event.Subscribed(
                    wish.id(),
                    channel.value(),
                    Optional.empty(),
                    false,
                    false,
                    false,
                    List.of(),
                    grant.lease().ttl(),
                    grant.data());
            return CompletableFuture.completedFuture(new Ready(plain, () -> subscription.start(attached.place())));
        }
        HistoryQuery query = query(namespace, wish, session.limits().frameSize());
        return hub.engine().history(channel, namespace, query).handle((history, failure) -> {
            if (failure != null) {
                throw undo(session, channel, Problem.INTERNAL);
            }
            return ready(session, channel, namespace, wish, attached, history);
        });
    }

    /** Always answered with success, also where there was nothing to end: the SDKs take an error for a broken line. */
    CompletionStage<?> unsubscribe(Session session, Command.Unsubscribe command) {
        session.unfollow(command.channel()).ifPresent(Source::end);
        session.send(new Event.Done(command.id(), "unsubscribe"));
        return CompletableFuture.completedFuture(command);
    }

    /** Renews what a token granted; one for somebody or something else ends the session. */
    CompletionStage<?> refresh(Session session, Command.SubRefresh command) {
        Optional<Subscription> subscription = session.subscription(command.channel())
                .filter(source -> source instanceof Subscription)
                .map(Subscription.class::cast);
        if (subscription.isEmpty()) {
            throw new Refusal(Problem.PERMISSION_DENIED);
        }
        if (subscription.get().grant().kind() != Grant.Kind.TOKEN) {
            throw new Refusal(Problem.NOT_AVAILABLE);
        }
        String token = command.token().orElseThrow(() -> new Refusal(Problem.BAD_REQUEST));
        return access.tokens().subscription(token).handle((read, failure) -> {
            if (failure == null) {
                Lease lease =
                        grant(session, new ChannelName(command.channel()), read).lease();
                if (lease.isOver(hub.now())) {
                    throw new Refusal(Problem.EXPIRED);
                }
                subscription.get().renew(lease);
                session.send(new Event.SubRefreshed(command.id(), lease.ttl()));
            } else if (!(Dispatcher.cause(failure) instanceof BadToken bad)) {
                throw new Refusal(Problem.INTERNAL);
            } else if (bad.isExpired()) {
                throw new Refusal(Problem.EXPIRED);
            } else {
                session.close(Disconnect.INVALID_TOKEN);
            }
            return command;
        });
    }

    private CompletionStage<Grant> byRule(Session session, ChannelName channel) {
        access.permissions().demand(session.identity(), Verb.SUBSCRIBE, channel);
        return CompletableFuture.completedFuture(Grant.BY_RULE);
    }

    private CompletionStage<Grant> byToken(Session session, ChannelName channel, String token) {
        return access.tokens().subscription(token).handle((read, failure) -> {
            if (failure == null) {
                Grant grant = grant(session, channel, read);
                if (grant.lease().isOver(hub.now())) {
                    throw new Refusal(Problem.TOKEN_EXPIRED);
                }
                return grant;
            }
            if (!(Dispatcher.cause(failure) instanceof BadToken bad)) {
                throw new Refusal(Problem.INTERNAL);
            }
            throw new Refusal(bad.isExpired() ? Problem.TOKEN_EXPIRED : Problem.PERMISSION_DENIED);
        });
    }

    private Grant grant(Session session, ChannelName channel, SubscriptionToken token) {
        boolean his = token.user().equals(session.identity().user())
                && token.channel().equals(channel.value())
                && token.client().filter(client -> !client.equals(session.id())).isEmpty();
        if (!his) {
            session.close(Disconnect.INVALID_TOKEN);
            throw new Refusal(Problem.PERMISSION_DENIED);
        }
        Lease lease = Lease.until(token.expiresAt(), access.clock().instant(), hub.now());
        return new Grant(Grant.Kind.TOKEN, token.info(), token.data(), lease);
    }

    private static HistoryQuery query(Namespace namespace, Wish wish, int bytes) {
        return switch (namespace.recovery()) {
            case CACHE -> HistoryQuery.LATEST;
            case STREAM ->
                wish.since()
                        .map(since -> HistoryQuery.after(since.offset(), FIRST_PAGE, bytes))
                        .orElse(HistoryQuery.TOP);
            case OFF -> HistoryQuery.TOP;
        };
    }

    private static Ready ready(
            Session session,
            ChannelName channel,
            Namespace namespace,
            Wish wish,
            Hub.Attached attached,
            History history) {
        Subscription subscription = attached.subscription();
        Recovered recovered = Recovered.judge(namespace.recovery(), wish.since(), history);
        if (recovered.tried() && !recovered.complete() && wish.refuseUnrecovered()) {
            throw undo(session, channel, Problem.UNRECOVERABLE_POSITION);
        }
        if (subscription.hasEnded()) {
            // the application was quicker: the client has been told already, and may ask anew
            throw new Refusal(Problem.INTERNAL);
        }
        subscription.join(); // before the answer: who was answered is a member
        boolean recoverable = namespace.recovery() != Recovery.OFF;
        Event.Subscribed answer = new Event.Subscribed(
                wish.id(),
                channel.value(),
                recoverable ? Optional.of(recovered.start()) : Optional.empty(),
                recoverable,
                recovered.tried(),
                recovered.complete(),
                recovered.publications(),
                subscription.grant().lease().ttl(),
                subscription.grant().data());
        boolean atTop = recovered.end().offset() == history.top().offset();
        return new Ready(answer, () -> subscription.start(recovered.end(), attached.place(), atTop));
    }

    private static Refusal undo(Session session, ChannelName channel, Problem problem) {
        session.unfollow(channel.value()).ifPresent(Source::end);
        return new Refusal(problem);
    }
}
