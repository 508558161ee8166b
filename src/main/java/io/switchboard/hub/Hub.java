package io.switchboard.hub;

import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.engine.Engine;
import io.switchboard.engine.EngineListener;
import io.switchboard.message.Event;
import io.switchboard.message.News;
import io.switchboard.message.Publication;
import io.switchboard.message.Unsubscribe;
import io.switchboard.session.Counters;
import io.switchboard.session.Session;
import io.switchboard.session.Source;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Gives the news of channels to the sessions that follow them. Thread-safe.
 *
 * <p>Whoever publishes only appends to the channel's tail. One fan-out per channel at a time wakes the readers; each then
 * reads everything that has come since it last did, so under load the batches grow and the cost of a delivery falls.
 */
public final class Hub implements EngineListener {
    private final Map<ChannelName, Tail> tails = new ConcurrentHashMap<>();
    private final Engine engine;
    private final TailLimits limits;
    private final Executor workers;
    private final LongSupplier nanos;
    private final Counters counters;
    private final LongAdder publications;
    private final LongAdder batches;

    /** A hub without readers, listening to the engine; {@code nanos} is a clock that never goes back. */
    public Hub(Engine engine, TailLimits limits, Executor workers, LongSupplier nanos, Counters counters) {
        this.engine = engine;
        this.limits = limits;
        this.workers = workers;
        this.nanos = nanos;
        this.counters = counters;
        publications = counters.counter("publications");
        batches = counters.counter("batches.out");
        engine.listen(this);
    }

    @Override
    public void happened(ChannelName channel, News news) {
        if (news instanceof Publication) {
            publications.increment();
        }
        Tail tail = tails.get(channel);
        if (tail != null && tail.append(news)) {
            workers.execute(() -> fanOut(tail));
        }
    }

    /** How many channels have readers on this node. */
    public int channels() {
        return tails.size();
    }

    /** Ends a subscription of a session and tells it; false if it had none. */
    public boolean expel(Session session, ChannelName channel, Unsubscribe why) {
        Optional<Source> subscription = session.subscription(channel.value());
        subscription.ifPresent(source -> expel(session, channel, source, why));
        return subscription.isPresent();
    }

    /** In turn with the session's commands: else it might end what its client has just begun anew. */
    void expel(Session session, ChannelName channel, Source subscription, Unsubscribe why) {
        if (subscription instanceof Subscription reader) {
            reader.silence();
        }
        session.perform(() -> {
            if (session.unfollow(channel.value(), subscription)) {
                subscription.end();
                session.send(new Event.Unsubscribed(channel.value(), why));
                counters.count("unsubscribed." + why.code());
            }
            return CompletableFuture.completedFuture(why);
        });
    }

    long now() {
        return nanos.getAsLong();
    }

    Engine engine() {
        return engine;
    }

    /** A reader of a channel who hears nothing before he is started; from now on the tail keeps what he will need. */
    Attached attach(Session session, ChannelName channel, Namespace namespace, boolean hearsMembers, Grant grant) {
        while (true) {
            Tail tail = tails.computeIfAbsent(channel, c -> new Tail(c.value(), namespace, limits));
            Subscription subscription = new Subscription(session, channel, namespace, hearsMembers, grant, tail, this);
            Optional<Tail.Place> place = tail.add(subscription);
            if (place.isPresent()) {
                return new Attached(subscription, place.get());
            }
            tails.remove(channel, tail);
        }
    }

    /** A new reader, and where the tail ended when he came. */
    record Attached(Subscription subscription, Tail.Place place) {}

    void detach(ChannelName channel, Tail tail, Subscription subscription) {
        if (tail.remove(subscription)) {
            tails.remove(channel, tail);
        }
    }

    void delivered(Source.Slice slice) {
        if (!slice.frames().isEmpty()) {
            batches.increment();
        }
    }

    void count(String counter) {
        counters.count(counter);
    }

    private void fanOut(Tail tail) {
        try {
            tail.beginFanOut().forEach(Subscription::wake);
        } finally {
            if (tail.endFanOut()) {
                workers.execute(() -> fanOut(tail)); // behind the other channels, so that a loud one starves nobody
            }
        }
    }
}
