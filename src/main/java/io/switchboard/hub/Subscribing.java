package io.switchboard.hub;

import io.switchboard.access.Permissions;
import io.switchboard.access.Verb;
import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.channel.Recovery;
import io.switchboard.engine.History;
import io.switchboard.engine.HistoryQuery;
import io.switchboard.message.Command;
import io.switchboard.message.Event;
import io.switchboard.message.Problem;
import io.switchboard.message.Publication;
import io.switchboard.message.Refusal;
import io.switchboard.session.Session;
import io.switchboard.session.Source;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Obeys subscribe and unsubscribe. Thread-safe.
 *
 * <p>The reader is attached to the tail first, then the history is read, then the answer goes out and the reader starts after
 * what the answer held: so there is neither a gap nor a repeat, whatever is published meanwhile.
 */
final class Subscribing {
    /** Publications in an answer; what is missing beyond them follows as if it were live. */
    private static final int FIRST_PAGE = 512;

    private final Hub hub;
    private final Permissions permissions;

    Subscribing(Hub hub, Permissions permissions) {
        this.hub = hub;
        this.permissions = permissions;
    }

    CompletionStage<?> subscribe(Session session, ChannelName channel, Command.Subscribe command) {
        if (command.token().isPresent()) {
            throw new Refusal(Problem.PERMISSION_DENIED); // there is no key that could have signed it
        }
        Namespace namespace = permissions.demand(session.identity(), Verb.SUBSCRIBE, channel);
        command.unsupported().ifPresent(problem -> {
            throw new Refusal(problem);
        });
        if (session.subscription(channel.value()).isPresent()) {
            throw new Refusal(Problem.ALREADY_SUBSCRIBED);
        }
        if (session.subscriptions() >= session.limits().subscriptions()) {
            throw new Refusal(Problem.LIMIT_EXCEEDED);
        }
        boolean hearsMembers = command.joinLeave()
                && namespace.joinLeave()
                && permissions.allows(session.identity(), Verb.MEMBERS, channel);
        Hub.Attached attached = hub.attach(session, channel, namespace, hearsMembers);
        session.follow(channel.value(), attached.subscription());
        if (!namespace.keepsHistory()) {
            attached.subscription().join(); // before the answer: who was answered is a member
            session.send(plain(command));
            attached.subscription().start(attached.place());
            return CompletableFuture.completedFuture(command);
        }
        return hub.engine()
                .history(
                        channel,
                        namespace,
                        query(namespace, command, session.limits().frameSize()))
                .whenComplete((history, failure) -> {
                    if (failure == null) {
                        answer(session, namespace, command, attached, history);
                    } else {
                        undo(session, command, Problem.INTERNAL);
                    }
                });
    }

    /** Always answered with success, also where there was nothing to end: the SDKs take an error for a broken line. */
    CompletionStage<?> unsubscribe(Session session, Command.Unsubscribe command) {
        session.unfollow(command.channel()).ifPresent(Source::end);
        session.send(new Event.Done(command.id(), "unsubscribe"));
        return CompletableFuture.completedFuture(command);
    }

    private static HistoryQuery query(Namespace namespace, Command.Subscribe command, int bytes) {
        return switch (namespace.recovery()) {
            case CACHE -> HistoryQuery.LATEST;
            case STREAM ->
                command.since()
                        .map(since -> HistoryQuery.after(since.offset(), FIRST_PAGE, bytes))
                        .orElse(HistoryQuery.TOP);
            case OFF -> HistoryQuery.TOP;
        };
    }

    private void answer(
            Session session, Namespace namespace, Command.Subscribe command, Hub.Attached attached, History history) {
        Subscription subscription = attached.subscription();
        Recovered recovered = Recovered.judge(namespace.recovery(), command.since(), history);
        if (recovered.tried() && !recovered.complete() && command.refuseUnrecovered()) {
            undo(session, command, Problem.UNRECOVERABLE_POSITION);
            return;
        }
        if (subscription.hasEnded()) {
            // the application was quicker: the client has been told already, and may ask anew
            session.send(new Event.Refused(command.id(), Problem.INTERNAL));
            return;
        }
        subscription.join(); // before the answer: who was answered is a member
        boolean recoverable = namespace.recovery() != Recovery.OFF;
        session.send(new Event.Subscribed(
                command.id(),
                command.channel(),
                recoverable ? Optional.of(recovered.start()) : Optional.empty(),
                recoverable,
                recovered.tried(),
                recovered.complete(),
                recovered.publications()));
        boolean atTop = recovered.end().offset() == history.top().offset();
        subscription.start(recovered.end(), attached.place(), atTop);
    }

    private static void undo(Session session, Command.Subscribe command, Problem problem) {
        session.unfollow(command.channel()).ifPresent(Source::end);
        session.send(new Event.Refused(command.id(), problem));
    }

    private static Event.Subscribed plain(Command.Subscribe command) {
        return new Event.Subscribed(
                command.id(), command.channel(), Optional.empty(), false, false, false, List.<Publication>of());
    }
}
