package io.switchboard.boot;

import io.switchboard.Switchboard;
import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.channel.Namespaces;
import io.switchboard.engine.Engine;
import io.switchboard.engine.HistoryQuery;
import io.switchboard.hub.Hub;
import io.switchboard.message.ClientInfo;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Position;
import io.switchboard.message.Problem;
import io.switchboard.message.Publication;
import io.switchboard.message.Refusal;
import io.switchboard.message.Unsubscribe;
import io.switchboard.session.Session;
import io.switchboard.session.Sessions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The Switchboard of this node. Thread-safe. */
final class LiveSwitchboard implements Switchboard {
    private final Namespaces namespaces;
    private final Engine engine;
    private final Hub hub;
    private final Sessions sessions;
    private final Payloads payloads;
    private final Rights rights;

    LiveSwitchboard(
            Namespaces namespaces, Engine engine, Hub hub, Sessions sessions, Payloads payloads, Rights rights) {
        this.namespaces = namespaces;
        this.engine = engine;
        this.hub = hub;
        this.sessions = sessions;
        this.payloads = payloads;
        this.rights = rights;
    }

    @Override
    public CompletionStage<Position> publish(String channel, Object data, Map<String, String> tags) {
        return send(channel, payloads.of(data), tags);
    }

    @Override
    public CompletionStage<Position> publishJson(String channel, String json, Map<String, String> tags) {
        return send(channel, payloads.checked(json), tags);
    }

    @Override
    public CompletionStage<List<Publication>> history(String channel, int limit) {
        ChannelName name = name(channel);
        Namespace namespace = namespace(name);
        if (!namespace.keepsHistory()) {
            throw new Refusal(Problem.NOT_AVAILABLE);
        }
        HistoryQuery newest = new HistoryQuery(OptionalLong.empty(), true, Math.max(0, limit), Integer.MAX_VALUE);
        return engine.history(name, namespace, newest).thenApply(history -> {
            List<Publication> oldestFirst = new ArrayList<>(history.publications());
            Collections.reverse(oldestFirst);
            return oldestFirst;
        });
    }

    @Override
    public CompletionStage<Map<String, ClientInfo>> presence(String channel) {
        ChannelName name = name(channel);
        if (!namespace(name).presence()) {
            throw new Refusal(Problem.NOT_AVAILABLE);
        }
        return engine.members(name);
    }

    @Override
    public int disconnect(String user, Disconnect why) {
        Set<Session> all = sessions.byUser(user);
        all.forEach(session -> session.close(why));
        return all.size();
    }

    @Override
    public int revoke(String user) {
        return rights.revoke(user);
    }

    @Override
    public int setRoles(String user, Set<String> roles) {
        return rights.setRoles(user, roles);
    }

    @Override
    public int unsubscribe(String user, String channel, Unsubscribe why) {
        return (int) sessions.byUser(user).stream()
                .filter(session -> unsubscribe(session, channel, why))
                .count();
    }

    @Override
    public boolean unsubscribe(Session session, String channel, Unsubscribe why) {
        return hub.expel(session, name(channel), why);
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    private CompletionStage<Position> send(String channel, String json, Map<String, String> tags) {
        ChannelName name = name(channel);
        Publication publication = new Publication(json, Position.UNKNOWN, Optional.empty(), tags);
        return engine.publish(name, namespace(name), publication);
    }

    private static ChannelName name(String channel) {
        return ChannelName.parse(channel).orElseThrow(() -> new Refusal(Problem.BAD_REQUEST));
    }

    private Namespace namespace(ChannelName channel) {
        return namespaces.of(channel).orElseThrow(() -> new Refusal(Problem.UNKNOWN_CHANNEL));
    }
}
