package io.switchboard.session;

import io.switchboard.access.Identity;
import io.switchboard.message.ClientInfo;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One connected client. Thread-safe. */
public final class Session {
    private static final Logger LOG = System.getLogger(Session.class.getName());

    private final String id;
    private final Connection connection;
    private final Codec codec;
    private final Means means;
    private final Sessions registry;
    private final Pump pump;
    private final long openedAt;
    private final Map<String, Source> subscriptions = new ConcurrentHashMap<>();
    private final Lane lane = new Lane();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean connected;
    private volatile Identity identity;

    Session(String id, Connection connection, Codec codec, Identity identity, Means means, Sessions registry) {
        this.id = id;
        this.connection = connection;
        this.codec = codec;
        this.identity = identity;
        this.means = means;
        this.registry = registry;
        openedAt = means.nanos().getAsLong();
        pump = new Pump(connection, codec, means, this::close);
    }

    /** Id of this session, unique over all time; others see it as the client id. */
    public String id() {
        return id;
    }

    /** Who the client is. */
    public Identity identity() {
        return identity;
    }

    /** Address of the client, empty if unknown. */
    public String address() {
        return connection.address();
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

    /** Whether the client has said who it is. */
    public boolean isConnected() {
        return connected;
    }

    /** Whether the session is still in the registry. */
    public boolean isOpen() {
        return !closed.get();
    }

    /** The client is this from now on. */
    public void connect(Identity newIdentity) {
        String before = identity.user();
        identity = newIdentity; // first, so that a close meanwhile takes the right entry out of the registry
        registry.identify(this, before, newIdentity.user());
        connected = true;
        pump.start();
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
        LOG.log(Level.ERROR, "a session was ended by a fault", failure);
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
        pump.verdict(now).ifPresent(this::close);
        if (pump.wantsPing(now)) {
            means.workers().execute(pump::kick);
        }
    }

    private boolean leaveRegistry(int code) {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        registry.remove(this);
        pump.stop();
        means.counters().count("sessions.closed." + code);
        means.workers().execute(this::endSubscriptions);
        return true;
    }

    private void endSubscriptions() {
        subscriptions.values().forEach(Source::end);
    }
}
