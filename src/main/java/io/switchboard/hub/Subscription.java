package io.switchboard.hub;

import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.engine.Engine;
import io.switchboard.engine.History;
import io.switchboard.engine.HistoryQuery;
import io.switchboard.message.ClientInfo;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.News;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import io.switchboard.message.Unsubscribe;
import io.switchboard.session.Frame;
import io.switchboard.session.Session;
import io.switchboard.session.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A session following a channel: a cursor into the channel's tail. Thread-safe.
 *
 * <p>While the tail holds what comes next it is read from there; if not, from the engine's history, page by page, until the
 * tail has caught up with; if that is gone too, the namespace says what happens. Nothing is stored for a slow reader.
 */
final class Subscription extends Source {
    private static final int PAGE = 256;

    private final Session session;
    private final ChannelName channel;
    private final Namespace namespace;
    private final Tail tail;
    private final Engine engine;
    private final Hub hub;
    private final boolean hearsMembers;
    private final Grant grant;
    private final ClientInfo member;

    private volatile Lease lease;
    private volatile boolean started;
    private volatile boolean joined;
    private volatile boolean silent;
    private volatile boolean ended;

    // what follows is written before the start and then confined to the session's pump
    private Tail.Place place;
    private Position position = Position.UNKNOWN;
    private boolean behind;
    private boolean complete;
    private Optional<CompletableFuture<History>> page = Optional.empty();

    Subscription(
            Session session,
            ChannelName channel,
            Namespace namespace,
            boolean hearsMembers,
            Grant grant,
            Tail tail,
            Hub hub) {
        this.session = session;
        this.channel = channel;
        this.namespace = namespace;
        this.hearsMembers = hearsMembers;
        this.tail = tail;
        this.hub = hub;
        engine = hub.engine();
        this.grant = grant;
        lease = grant.lease();
        member = new ClientInfo(
                session.identity().user(), session.id(), session.identity().info(), grant.info());
        place = new Tail.Place(0, 0);
    }

    /** Why its client may follow the channel. */
    Grant grant() {
        return grant;
    }

    boolean hearsMembers() {
        return hearsMembers;
    }

    /** It may go on for that long. */
    void renew(Lease longer) {
        lease = longer;
        session.watch(); // the one before may have been for ever
    }

    /** It reads nothing from now on, even if the word of its end has to wait behind another command. */
    void silence() {
        silent = true;
    }

    @Override
    protected void check(long now) {
        if (lease.isOver(now) && !ended) {
            ended = true; // nothing is read any more, even if the word of it has to wait behind another command
            hub.expel(session, channel, this, Unsubscribe.EXPIRED);
        }
    }

    /** Lets it read from a place in the tail: for channels without history. */
    void start(Tail.Place from) {
        place = from;
        started = true;
        session.wake(this);
    }

    /**
     * Lets it read what follows a position, and what else has happened since it was attached.
     *
     * @param atTop whether the position was the end of the stream a moment ago
     */
    void start(Position from, Tail.Place attached, boolean atTop) {
        position = from;
        place = attached;
        behind = true;
        complete = atTop;
        started = true;
        session.wake(this);
    }

    /** Makes the client a member of the channel, if the namespace has members. */
    void join() {
        if (!namespace.presence() && !namespace.joinLeave()) {
            return;
        }
        joined = true;
        engine.join(channel, namespace, member).whenComplete((added, failure) -> {
            if (ended) {
                engine.leave(channel, namespace, member);
            }
        });
    }

    @Override
    public void end() {
        ended = true;
        hub.detach(channel, tail, this);
        if (joined) {
            engine.leave(channel, namespace, member);
        }
    }

    boolean hasEnded() {
        return ended;
    }

    /** The news of its channel are waiting; before the start they must not even be looked at. */
    void wake() {
        if (started) {
            session.wake(this);
        }
    }

    @Override
    protected Slice read() {
        if (!started || silent || ended) {
            return nothing();
        }
        if (behind) {
            return catchUp();
        }
        Optional<Tail.Batch> batch = tail.read(place, session.codec(), hearsMembers);
        if (batch.isEmpty()) {
            behind = true;
            return namespace.keepsHistory() ? catchUp() : passed();
        }
        place = batch.get().next();
        position = batch.get().last().orElse(position);
        hub.delivered(batch.get().slice());
        return batch.get().slice();
    }

    private Slice catchUp() {
        Optional<Tail.Place> back = tail.after(position, place, complete);
        complete = false;
        if (back.isPresent()) {
            place = back.get();
            behind = false;
            return further(List.of(), 0);
        }
        CompletableFuture<History> asked = page.orElseGet(this::ask);
        if (!asked.isDone()) {
            return nothing();
        }
        page = Optional.empty();
        return asked.isCompletedExceptionally() ? expelled() : turn(asked.join());
    }

    private CompletableFuture<History> ask() {
        HistoryQuery next =
                HistoryQuery.after(position.offset(), PAGE, session.limits().frameSize());
        CompletionStage<History> asked = engine.history(channel, namespace, next);
        CompletableFuture<History> future = asked.toCompletableFuture();
        page = Optional.of(future);
        if (!future.isDone()) {
            asked.whenComplete((history, failure) -> session.wake(this));
        }
        return future;
    }

    /** Hands out a page of history. */
    private Slice turn(History history) {
        List<Publication> publications = history.publications();
        boolean same = history.top().epoch().equals(position.epoch());
        if (same && publications.isEmpty() && history.top().offset() == position.offset()) {
            complete = true;
            return further(List.of(), 0);
        }
        if (!same || publications.isEmpty() || publications.get(0).offset() != position.offset() + 1) {
            return lost(history.top());
        }
        position = publications.get(publications.size() - 1).at();
        complete = position.offset() == history.top().offset();
        return further(List.copyOf(publications));
    }

    /** The tail of a channel without history has moved past him. */
    private Slice passed() {
        Tail.Place oldest = tail.oldest().place();
        if (oldest.published() > place.published()) {
            return lost(Position.UNKNOWN);
        }
        place = oldest; // nothing but joins and leaves
        behind = false;
        return further(List.of(), 0);
    }

    /** What he has not read is gone; {@code top} is where the stream ends, as far as is known. */
    private Slice lost(Position top) {
        hub.count("readers.lagged");
        return switch (namespace.onLag()) {
            case RESUBSCRIBE -> expelled();
            case SKIP -> goAhead(tail.oldest(), top);
            case LATEST -> goAhead(tail.latest(place), top);
        };
    }

    private Slice expelled() {
        ended = true; // nothing is read any more, even if the word of it has to wait behind another command
        if (grant.kind() == Grant.Kind.SERVER) {
            session.close(Disconnect.INSUFFICIENT_STATE); // its client cannot subscribe again, but it can connect again
        } else {
            hub.expel(session, channel, this, Unsubscribe.INSUFFICIENT_STATE);
        }
        return nothing();
    }

    private Slice goAhead(Tail.Ahead ahead, Position top) {
        Position there = ahead.position().equals(Position.UNKNOWN) ? top : ahead.position();
        List<News> news = new ArrayList<>(ahead.news());
        news.removeIf(item -> item instanceof Publication publication
                && publication.offset() > 0
                && publication.offset() <= position.offset()
                && publication.at().epoch().equals(position.epoch()));
        boolean numbered = namespace.keepsHistory();
        long passed =
                numbered ? there.offset() - position.offset() : ahead.place().published() - place.published();
        place = ahead.place();
        position = there;
        behind = false;
        // a new epoch makes the number a guess, but it is never none
        return further(new Event.Missed(channel.value(), Math.max(1, passed - news.size())), news);
    }

    /** Goes on with these news, behind the word of what is missing before them. */
    private Slice further(Event.Missed missed, List<News> news) {
        Optional<Disconnect> ending = session.codec().ending(missed);
        if (ending.isPresent()) {
            session.close(ending.get());
            return nothing();
        }
        List<Frame> frames = new ArrayList<>(session.codec().encode(missed));
        frames.addAll(further(news).frames());
        return new Slice(frames, 0, true);
    }

    private Slice further(List<News> news) {
        int size = news.stream().mapToInt(News::size).sum();
        return further(news.isEmpty() ? List.of() : session.codec().encode(channel.value(), news), size);
    }

    private Slice further(List<Frame> frames, int size) {
        Slice slice = new Slice(frames, size, true);
        hub.delivered(slice);
        return slice;
    }
}
