package io.switchboard.session;

import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.message.ClientInfo;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.Handle;
import io.switchboard.quota.Allowance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One connected client. Thread-safe. */
public final class Session {
    /** A time that never comes. */
    private static final long NEVER = Long.MAX_VALUE;

    private final String id;
    private final Connection connection;
    private final Codec codec;
    private final Means means;
    private final Sessions registry;
    private final Pump pump;
    private final Allowance allowance;
    private final long openedAt;
    private final Map<String, Source> subscriptions = new ConcurrentHashMap<>();
    private final Lane lane = new Lane();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean connected;
    private volatile boolean turnedAway;
    private volatile long activeAt;
    private volatile boolean watched; // whether one of its subscriptions ends at some time
    private volatile long expiresAt = NEVER;
    private volatile Caller caller;
    private volatile Identity identity;

    Session(String id, Connection connection, Codec codec, Caller caller, Means means, Sessions registry) {
        this.id = id;
        this.connection = connection;
        this.codec = codec;
        this.caller = caller;
        this.means = means;
        this.registry = registry;
        identity = caller.identity();
        allowance = means.quotas().open(caller.address());
        openedAt = means.nanos().getAsLong();
        activeAt = openedAt;
        pump = new Pump(connection, codec, means, this::close, this::fail);
    }

    /** Id of this session, unique over all time; others see it as the client id. */
    public String id() {
        return id;
    }

    /** Who the client is. */
    public Identity identity() {
        return identity;
    }

    /** What is known of the client from the handshake; without its credential, once that has done its service. */
    public Caller caller() {
        return caller;
    }

    /** Address of the client, empty if unknown. */
    public String address() {
        return caller.address();
    }

    /** What the client may still take of this node. */
    public Allowance allowance() {
        return allowance;
    }

    /** What others may see of this client. */
    public ClientInfo info() {
        return new ClientInfo(identity.user(), id, identity.info(), Optional.empty());
    }

    /** How this session is bounded. */
    public Limits limits() {
        return means.limits();
    }

    /** The wire form that its client speaks. */
    public Codec codec() {
        return codec;
    }

    /** How its client is known again in other requests; empty if its connection carries what it says. */
    public Optional<Handle> handle() {
        return connection.handle();
    }

    /** Whether the client has said who it is. */
    public boolean isConnected() {
        return connected;
    }

    /** The client may not connect like this: whatever else it says is not heard. */
    public void turnAway() {
        turnedAway = true;
    }

    /** Whether it was turned away. */
    public boolean isTurnedAway() {
        return turnedAway;
    }

    /** The client has said something of its own accord, not just answered a ping. */
    public void active() {
        activeAt = means.nanos().getAsLong();
    }

    /** When it last did, in nanoseconds of its clock. */
    public long activeAt() {
        return activeAt;
    }

    /** Whether the session is still in the registry. */
    public boolean isOpen() {
        return !closed.get();
    }

    /** The client has said who it is; false, and the end of the session, if that user has too many connections. */
    public boolean connect(Identity newIdentity) {
        if (!allowance.connect(newIdentity.user())) {
            close(Disconnect.CONNECTION_LIMIT);
            return false;
        }
        caller = new Caller(caller.address(), caller.origin(), caller.identity(), Optional.empty());
        identify(newIdentity);
        connected = true;
        pump.start();
        return true;
    }

    /** The client is this from now on. */
    public void identify(Identity newIdentity) {
        String before = identity.user();
        identity = newIdentity; // first, so that a close meanwhile takes the right entry out of the registry
        registry.identify(this, before, newIdentity.user());
    }

    /** Ends the session at a time of its clock, unless it is told another time before. */
    public void endAt(OptionalLong nanos) {
        expiresAt = nanos.orElse(NEVER);
    }

    /** Whether it ends at some time. */
    public boolean expires() {
        return expiresAt != NEVER;
    }

    /** One of its subscriptions ends at some time: they are looked at from now on. */
    public void watch() {
        watched = true;
    }

    /** Does this after everything that was to be done before; too much at once ends the session. It must not throw. */
    public void perform(Supplier<CompletionStage<?>> task) {
        if (!lane.add(task)) {
            close(Disconnect.TOO_MANY_REQUESTS);
        }
    }

    /** Tells the client, or ends the session if its dialect has no words for this or too much is waiting already. */
    public void send(Event event) {
        if (event instanceof Event.Refused refused) {
            means.counters().count("problems." + refused.problem().code());
        }
        try {
            codec.ending(event).ifPresentOrElse(this::close, () -> write(codec.encode(event)));
        } catch (RuntimeException | Error failure) {
            fail(failure);
        }
    }

    /** Puts frames behind what is waiting already; too much ends the session. */
    public void write(List<Frame> frames) {
        if (!pump.offer(frames)) {
            close(Disconnect.SLOW);
        }
    }

    /** One of its sources has something to read. */
    public void wake(Source source) {
        pump.wake(source);
    }

    /** Some sign of the client arrived. */
    public void heard() {
        pump.heard();
    }

    /** The client answered a ping. */
    public void ponged() {
        pump.ponged();
    }

    /** Names of the channels it follows. */
    public Set<String> channels() {
        return Set.copyOf(subscriptions.keySet());
    }

    /** How many channels it follows. */
    public int subscriptions() {
        return subscriptions.size();
    }

    /** What it reads of a channel, if it follows it. */
    public Optional<Source> subscription(String channel) {
        return Optional.ofNullable(subscriptions.get(channel));
    }

    /** Remembers a subscription; false if it follows that channel already. */
    public boolean follow(String channel, Source source) {
        boolean added = subscriptions.putIfAbsent(channel, source) == null;
        if (!isOpen()) {
            endSubscriptions();
        }
        return added;
    }

    /** Forgets a subscription; empty if there was none. */
    public Optional<Source> unfollow(String channel) {
        return Optional.ofNullable(subscriptions.remove(channel));
    }

    /** Forgets exactly this subscription; false if it is not, or no longer, the one to that channel. */
    public boolean unfollow(String channel, Source source) {
        return subscriptions.remove(channel, source);
    }

    /** Ends the session: first it is nobody any more, then its connection is closed. Safe to call again. */
    public void close(Disconnect why) {
        if (leaveRegistry(why.code())) {
            means.closers().execute(() -> connection.close(why));
        }
    }

    /** Ends the session for a fault of ours, whatever it is: nobody else is to notice. */
    public void fail(Throwable failure) {
        means.counters().count("sessions.failed");
        close(Disconnect.INTERNAL);
        registry.tell(failure);
    }

    /** The connection has ended by itself, with this close code. Safe to call again. */
    public void gone(int code) {
        leaveRegistry(code);
    }

    /** Looks at its clocks. */
    void check(long now) {
        if (!connected && now - openedAt > means.limits().connectTimeout().toNanos()) {
            close(Disconnect.STALE);
        }
        if (expiresAt != NEVER && now - expiresAt >= 0) {
            close(Disconnect.EXPIRED);
        }
        if (watched) {
            subscriptions.values().forEach(source -> source.check(now));
        }
        connection.check(now);
        pump.verdict(now).ifPresent(this::close);
        if (pump.wantsPing(now)) {
            means.workers().execute(pump::kick);
        }
    }

    /** Bytes of answers that wait for its client. */
    int waiting() {
        return pump.waiting();
    }

    private boolean leaveRegistry(int code) {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        registry.remove(this);
        allowance.leave();
        pump.stop();
        means.counters().count("sessions.closed." + code);
        means.workers().execute(this::endSubscriptions);
        return true;
    }

    private void endSubscriptions() {
        subscriptions.values().forEach(Source::end);
    }
}
