package io.switchboard.hub;

import io.switchboard.channel.Namespace;
import io.switchboard.channel.OnLag;
import io.switchboard.message.News;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import io.switchboard.session.Codec;
import io.switchboard.session.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The last news of one channel on this node, and who reads them. Thread-safe.
 *
 * <p>Entries are numbered on this node alone; a subscription is a {@link Place} between two of them. What is read is encoded
 * once per dialect and shared by all who read from the same place. Under its lock only memory is touched.
 */
final class Tail {
    /** Between two entries: {@code seq} numbers the next one, {@code published} counts the publications before. */
    record Place(long seq, long published) {}

    /** What was read: the frames, and where to read on; {@code last} is the place of the last numbered publication. */
    record Batch(Source.Slice slice, Place next, Optional<Position> last) {}

    /** {@code block} counts full batches from the beginning: batches end where blocks do, so that readers meet again. */
    private record Entry(News news, long published, long block) {}

    private record Cached(long from, Codec codec, boolean members, Batch batch) {}

    private static final int CACHED = 16;

    private final String channel;
    private final TailLimits limits;
    private final Optional<LatestByKey> latest;
    private final Ring<Entry> ring = new Ring<>(); // guarded by this
    private final Cached[] cache = new Cached[CACHED]; // guarded by this
    private final Readers readers = new Readers(); // guarded by this
    private long bytes; // guarded by this
    private long appended; // guarded by this; bytes since the beginning
    private long published; // guarded by this
    private long horizon; // guarded by this; what is read ends here, so that all who read meanwhile share their frames
    private long horizonAt; // guarded by this; bytes since the beginning, there
    private Position last = Position.UNKNOWN; // guarded by this
    private int cacheSlot; // guarded by this
    private boolean dirty; // guarded by this
    private boolean scheduled; // guarded by this
    private boolean retired; // guarded by this

    Tail(String channel, Namespace namespace, TailLimits limits) {
        this.channel = channel;
        this.limits = limits;
        latest = namespace.onLag() == OnLag.LATEST ? Optional.of(new LatestByKey(limits)) : Optional.empty();
    }

    /** Appends; true if a fan-out has to be scheduled for it. */
    synchronized boolean append(News news) {
        if (news instanceof Publication publication) {
            published++;
            follow(publication.at());
            latest.ifPresent(map -> map.put(publication, ring.end()));
        }
        while (ring.size() > 0 && (ring.size() >= limits.count() || bytes + news.size() > limits.bytes())) {
            bytes -= ring.removeFirst().news().size();
        }
        ring.add(new Entry(news, published, appended / limits.batch()));
        bytes += news.size();
        appended += news.size();
        if (appended - horizonAt > limits.bytes() / 2) {
            raiseHorizon(); // else the last reader of a long fan-out might find that the tail has moved past him
        }
        dirty = true;
        boolean idle = !scheduled;
        scheduled = true;
        return idle;
    }

    /** Starts a fan-out of all there is: those who read here now. What comes later has another fan-out. */
    synchronized List<Subscription> beginFanOut() {
        dirty = false;
        raiseHorizon();
        return readers.all();
    }

    private void raiseHorizon() {
        horizon = ring.end();
        horizonAt = appended;
    }

    /** Ends a fan-out; true if there is more news, and another one has to be scheduled. */
    @SuppressWarnings("NullAway") // emptied, so that a quiet channel keeps no frames
    synchronized boolean endFanOut() {
        scheduled = dirty;
        if (!dirty) {
            Arrays.fill(cache, null);
        }
        return dirty;
    }

    /** Adds a reader, who starts at the end; empty if this tail has been taken out of service. */
    synchronized Optional<Place> add(Subscription reader) {
        if (retired) {
            return Optional.empty();
        }
        readers.add(reader);
        return Optional.of(end());
    }

    /** Removes a reader; true if he was the last one and this tail is out of service now. */
    synchronized boolean remove(Subscription reader) {
        retired |= readers.remove(reader) && readers.isEmpty();
        return retired;
    }

    /** Reads on from a place, about one batch; empty if the tail has moved past it. */
    Optional<Batch> read(Place from, Codec codec, boolean members) {
        List<News> news;
        Place next;
        boolean more;
        synchronized (this) {
            if (from.seq() < ring.start()) {
                return Optional.empty();
            }
            Optional<Batch> known = cached(from.seq(), codec, members);
            if (known.isPresent()) {
                return known;
            }
            news = new ArrayList<>();
            next = copy(from, members, news);
            more = next.seq() < horizon;
        }
        Batch batch = batch(news, codec, next, more);
        synchronized (this) {
            if (scheduled) {
                cache[cacheSlot] = new Cached(from.seq(), codec, members, batch);
                cacheSlot = (cacheSlot + 1) % CACHED;
            }
        }
        return Optional.of(batch);
    }

    /**
     * Where to read on after a position: what is no publication is not read twice, and is not passed over either.
     *
     * @param heard a place up to which everything that is no publication was heard already
     * @param complete whether the caller knows of nothing after the position, so that "at the end" is an answer too
     * @return the place, or empty if what follows the position is not here
     */
    synchronized Optional<Place> after(Position position, Place heard, boolean complete) {
        Place place = heard;
        for (long seq = ring.start(); seq < ring.end(); seq++) {
            Entry entry = ring.get(seq);
            if (!(entry.news() instanceof Publication publication)) {
                continue;
            }
            if (publication.offset() > position.offset()) {
                boolean next = publication.offset() == position.offset() + 1
                        && publication.at().epoch().equals(position.epoch());
                Place before = new Place(seq, entry.published() - 1);
                return next ? Optional.of(place.seq() < seq && isHere(place) ? place : before) : Optional.empty();
            }
            if (seq >= place.seq()) {
                place = new Place(seq + 1, entry.published());
            }
        }
        boolean nothingNewer =
                !isNumbered() || (last.epoch().equals(position.epoch()) && last.offset() <= position.offset());
        if (!complete || !nothingNewer) {
            return Optional.empty();
        }
        if (!isNumbered()) {
            last = position; // so that a hole before the first number is seen as well
        }
        return Optional.of(isHere(place) ? place : end());
    }

    private boolean isNumbered() {
        return !last.equals(Position.UNKNOWN);
    }

    private boolean isHere(Place place) {
        return place.seq() >= ring.start();
    }

    /** The oldest entry, and the position before the first numbered publication from there on. */
    synchronized Ahead oldest() {
        for (long seq = ring.start(); seq < ring.end(); seq++) {
            Entry entry = ring.get(seq);
            if (entry.news() instanceof Publication publication) {
                Position before = new Position(publication.at().epoch(), Math.max(0, publication.offset() - 1));
                return new Ahead(new Place(seq, entry.published() - 1), before, List.of());
            }
        }
        return new Ahead(end(), last, List.of());
    }

    /** The end, with the latest publication of each key that was published from a place on. */
    synchronized Ahead latest(Place from) {
        return new Ahead(end(), last, latest.map(map -> map.since(from.seq())).orElse(List.of()));
    }

    /** A place further on, the position there, and what to hand out before going on. */
    record Ahead(Place place, Position position, List<News> news) {}

    private Place end() {
        return new Place(ring.end(), published);
    }

    /** A number out of turn means that something is missing here: then nobody may read across it. */
    private void follow(Position at) {
        if (at.offset() == 0) {
            return;
        }
        boolean inTurn = !isNumbered() || (at.epoch().equals(last.epoch()) && at.offset() == last.offset() + 1);
        if (!inTurn) {
            ring.skip();
            bytes = 0;
        }
        last = at;
    }

    private Optional<Batch> cached(long from, Codec codec, boolean members) {
        for (Cached entry : cache) {
            if (entry != null
                    && entry.from() == from
                    && entry.codec() == codec
                    && entry.members() == members
                    && (entry.batch().slice().more() || entry.batch().next().seq() >= horizon)) {
                return Optional.of(entry.batch());
            }
        }
        return Optional.empty();
    }

    private Place copy(Place from, boolean members, List<News> into) {
        long seq = from.seq();
        long count = from.published();
        long block = seq < horizon ? ring.get(seq).block() : 0;
        while (seq < horizon && ring.get(seq).block() == block) {
            Entry entry = ring.get(seq++);
            count = entry.published();
            if (members || entry.news() instanceof Publication) {
                into.add(entry.news());
            }
        }
        return new Place(seq, count);
    }

    private Batch batch(List<News> news, Codec codec, Place next, boolean more) {
        int size = 0;
        Optional<Position> position = Optional.empty();
        for (News item : news) {
            size += item.size();
            if (item instanceof Publication publication && publication.offset() > 0) {
                position = Optional.of(publication.at());
            }
        }
        Source.Slice slice = new Source.Slice(news.isEmpty() ? List.of() : codec.encode(channel, news), size, more);
        return new Batch(slice, next, position);
    }
}
