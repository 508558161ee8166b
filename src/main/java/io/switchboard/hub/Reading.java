package io.switchboard.hub;

import io.switchboard.access.Permissions;
import io.switchboard.access.Verb;
import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.engine.Engine;
import io.switchboard.engine.History;
import io.switchboard.engine.HistoryQuery;
import io.switchboard.message.ClientInfo;
import io.switchboard.message.Command;
import io.switchboard.message.Event;
import io.switchboard.message.Position;
import io.switchboard.message.Problem;
import io.switchboard.message.Refusal;
import io.switchboard.session.Session;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Obeys presence, presence stats and history. Stateless. */
final class Reading {
    /** Most publications that a client is given at once. */
    static final int MAX_PAGE = 300;

    /** Most members that a client is given a list of. */
    static final int MAX_MEMBERS = 1_000;

    private static final int MAX_BYTES = 256 << 10;

    private final Engine engine;
    private final Permissions permissions;

    Reading(Engine engine, Permissions permissions) {
        this.engine = engine;
        this.permissions = permissions;
    }

    CompletionStage<Event> presence(Session session, ChannelName channel, Command.Presence command) {
        return members(session, channel).thenApply(members -> {
            if (members.size() > MAX_MEMBERS) {
                throw new Refusal(Problem.LIMIT_EXCEEDED);
            }
            return new Event.Members(command.id(), members);
        });
    }

    CompletionStage<Event> stats(Session session, ChannelName channel, Command.PresenceStats command) {
        return members(session, channel).thenApply(members -> {
            long users =
                    members.values().stream().map(ClientInfo::user).distinct().count();
            return new Event.MemberCounts(command.id(), members.size(), (int) users);
        });
    }

    CompletionStage<Event> history(Session session, ChannelName channel, Command.History command) {
        Namespace namespace = permissions.demand(session.identity(), Verb.HISTORY, channel);
        if (!namespace.keepsHistory()) {
            throw new Refusal(Problem.NOT_AVAILABLE);
        }
        if (command.reverse()
                && command.since().filter(since -> since.offset() == 0).isPresent()) {
            throw new Refusal(Problem.BAD_REQUEST);
        }
        int limit = command.limit() < 0 ? MAX_PAGE : Math.min(command.limit(), MAX_PAGE);
        OptionalLong since =
                command.since().map(p -> OptionalLong.of(p.offset())).orElse(OptionalLong.empty());
        return engine.history(channel, namespace, new HistoryQuery(since, command.reverse(), limit, MAX_BYTES))
                .thenApply(history -> answer(command, history));
    }

    private static Event answer(Command.History command, History history) {
        boolean elsewhere = command.since()
                .filter(since -> !reachable(since, history.top(), command.reverse()))
                .isPresent();
        return elsewhere
                ? new Event.Refused(command.id(), Problem.UNRECOVERABLE_POSITION)
                : new Event.Remembered(command.id(), history.publications(), history.top());
    }

    /** A position beyond the top can only come from a stream that was lost, whatever its epoch says. */
    private static boolean reachable(Position since, Position top, boolean reverse) {
        boolean sameEpoch = since.epoch().isEmpty() || since.epoch().equals(top.epoch());
        return sameEpoch && (reverse || since.offset() <= top.offset());
    }

    private CompletionStage<Map<String, ClientInfo>> members(Session session, ChannelName channel) {
        Namespace namespace = permissions.demand(session.identity(), Verb.MEMBERS, channel);
        if (!namespace.presence()) {
            throw new Refusal(Problem.NOT_AVAILABLE);
        }
        return engine.members(channel);
    }
}
