package io.switchboard.engine;

import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.message.ClientInfo;
import io.switchboard.message.News;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The engine of a node that is alone: everything is in this process and gone with it. Thread-safe.
 *
 * <p>A channel is forgotten, its epoch with it, when it has no members, nothing in its history and was not used for a
 * while; who returns to it later is told that his position cannot be recovered.
 */
public final class MemoryEngine implements Engine {
    private final Map<ChannelName, Room> rooms = new ConcurrentHashMap<>();
    private final LongSupplier millis;
    private final Supplier<String> epochs;
    private final Duration metaTtl;
    private EngineListener listener = (channel, news) -> {};

    /**
     * An empty engine.
     *
     * @param millis a clock that never goes back, in milliseconds
     * @param epochs gives a new name for a stream, never the same twice
     * @param metaTtl how long an idle channel keeps its epoch
     */
    public MemoryEngine(LongSupplier millis, Supplier<String> epochs, Duration metaTtl) {
        this.millis = millis;
        this.epochs = epochs;
        this.metaTtl = metaTtl;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void listen(EngineListener newListener) {
        listener = newListener;
    }

    @Override
    public CompletionStage<Position> publish(ChannelName channel, Namespace namespace, Publication publication) {
        return inRoom(channel, namespace, room -> {
            if (!namespace.keepsHistory()) {
                listener.happened(channel, publication.at(Position.UNKNOWN));
                return Position.UNKNOWN;
            }
            // told under the room's lock: this is what makes every tail hold the order of the stream
            listener.happened(channel, room.stream.append(publication, namespace, millis.getAsLong()));
            return room.stream.top();
        });
    }

    @Override
    public CompletionStage<History> history(ChannelName channel, Namespace namespace, HistoryQuery query) {
        return inRoom(channel, namespace, room -> {
            room.stream.expire(namespace, millis.getAsLong());
            return room.stream.read(query);
        });
    }

    @Override
    public CompletionStage<Position> forget(ChannelName channel, Namespace namespace) {
        return inRoom(channel, namespace, room -> {
            room.stream.clear();
            return room.stream.top();
        });
    }

    @Override
    public CompletionStage<Boolean> join(ChannelName channel, Namespace namespace, ClientInfo member) {
        return inRoom(channel, namespace, room -> {
            boolean added = room.members.put(member.client(), member) == null;
            if (added && namespace.joinLeave()) {
                listener.happened(channel, new News.Join(member));
            }
            return added;
        });
    }

    @Override
    public CompletionStage<Boolean> leave(ChannelName channel, Namespace namespace, ClientInfo member) {
        return inRoom(channel, namespace, room -> {
            boolean removed = room.members.remove(member.client()) != null;
            if (removed && namespace.joinLeave()) {
                listener.happened(channel, new News.Leave(member));
            }
            return removed;
        });
    }

    @Override
    public CompletionStage<Map<String, ClientInfo>> members(ChannelName channel) {
        Room room = rooms.get(channel);
        if (room == null) {
            return CompletableFuture.completedFuture(Map.of());
        }
        synchronized (room) {
            return CompletableFuture.completedFuture(new LinkedHashMap<>(room.members));
        }
    }

    /** How many channels it knows. */
    int channels() {
        return rooms.size();
    }

    @Override
    public void sweep() {
        for (Iterator<Room> all = rooms.values().iterator(); all.hasNext(); ) {
            Room room = all.next();
            synchronized (room) {
                long now = millis.getAsLong();
                room.stream.expire(room.namespace, now);
                // without history there is no epoch that would be worth keeping
                boolean old = !room.namespace.keepsHistory() || now - room.lastUsed > metaTtl.toMillis();
                room.demolished = room.stream.isEmpty() && room.members.isEmpty() && old;
                if (room.demolished) {
                    all.remove();
                }
            }
        }
    }

    private <T> CompletionStage<T> inRoom(ChannelName channel, Namespace namespace, Function<Room, T> action) {
        while (true) {
            Room room = rooms.computeIfAbsent(channel, c -> new Room(namespace, new Stream(epochs.get())));
            synchronized (room) {
                if (!room.demolished) {
                    room.lastUsed = millis.getAsLong();
                    return CompletableFuture.completedFuture(action.apply(room));
                }
            }
        }
    }
}
