package io.switchboard.quota;

import io.switchboard.origin.AddressRange;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Who has taken how much of this node. Thread-safe. */
public final class Quotas {
    /** What there is not enough of. */
    public enum Shortage {
        /** The node has as many connections as it may. */
        NODE,
        /** Too many connections have not said who they are. */
        UNCONNECTED,
        /** Too many connections come from that address. */
        ADDRESS,
        /** Too many came within a short time. */
        RATE
    }

    /** How fast one user or address may go. */
    record Rates(Rate commands, Rate bytes, Rate handshakes, Rate names) {}

    private static final int SESSION_BURST = 2;
    private static final int SESSION_BYTES_BURST = 4;
    private static final int USER_BURST = 5;
    private static final int ADDRESS_BURST = 10;
    private static final int MINUTE = 60;

    private final QuotaLimits limits;
    private final LongSupplier nanos;
    private final Rate sessionCommands;
    private final Rate sessionBytes;
    private final Rates userRates;
    private final Rates addressRates;
    private final Party node;
    private final Map<String, Party> users = new ConcurrentHashMap<>();
    private final Map<String, Party> addresses = new ConcurrentHashMap<>();
    private final AtomicInteger unconnected = new AtomicInteger();

    /** Quotas of a node without connections; {@code nanos} is a clock that never goes back. */
    public Quotas(QuotaLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        Rate names = new Rate(limits.names() / (double) MINUTE, MINUTE);
        Rate any = new Rate(0, 1);
        sessionCommands = new Rate(limits.session().commands(), SESSION_BURST);
        sessionBytes = new Rate(limits.session().bytes(), SESSION_BYTES_BURST);
        userRates = new Rates(
                new Rate(limits.user().commands(), USER_BURST),
                new Rate(limits.user().bytes(), USER_BURST),
                any,
                names);
        addressRates = new Rates(
                new Rate(limits.address().commands(), ADDRESS_BURST),
                new Rate(limits.address().bytes(), ADDRESS_BURST),
                new Rate(limits.handshakesPerAddress(), ADDRESS_BURST),
                names);
        node = new Party(new Rates(any, any, new Rate(limits.handshakes(), 2), any), nanos.getAsLong());
    }

    /** What stands against another connection from an address; if nothing does, it is counted as a handshake. */
    public Optional<Shortage> handshake(String address) {
        if (exceeds(node.connections() + 1, limits.connections())) {
            return Optional.of(Shortage.NODE);
        }
        if (exceeds(unconnected.get() + 1, limits.unconnected())) {
            return Optional.of(Shortage.UNCONNECTED);
        }
        Party party = address(address);
        if (exceeds(party.connections() + 1, limits.connectionsPerAddress())) {
            return Optional.of(Shortage.ADDRESS);
        }
        long now = nanos.getAsLong();
        return party.handshake(now) && node.handshake(now) ? Optional.empty() : Optional.of(Shortage.RATE);
    }

    /** Counts a connection. */
    public Allowance open(String address) {
        Party party =
                enter(addresses, AddressRange.site(address), addressRates, 0).orElseThrow();
        node.enter(0);
        unconnected.incrementAndGet();
        return new Allowance(this, party);
    }

    /** Forgets who is gone; called now and then. */
    public void sweep() {
        sweep(users);
        sweep(addresses);
    }

    /** How many users and addresses are remembered. */
    int parties() {
        return users.size() + addresses.size();
    }

    long now() {
        return nanos.getAsLong();
    }

    Rate sessionCommands() {
        return sessionCommands;
    }

    Rate sessionBytes() {
        return sessionBytes;
    }

    /** The user's own party, with one more connection; empty if he has too many. */
    Optional<Party> user(String user) {
        return enter(users, user, userRates, limits.connectionsPerUser());
    }

    void connected() {
        unconnected.decrementAndGet();
    }

    void left(boolean connected) {
        node.leave();
        if (!connected) {
            unconnected.decrementAndGet();
        }
    }

    /** One more connection of somebody, in one step: a sweep between might forget whom we have just found. */
    private Optional<Party> enter(Map<String, Party> parties, String key, Rates rates, int most) {
        AtomicBoolean entered = new AtomicBoolean();
        Party party = parties.compute(key, (k, known) -> {
            Party found = known == null ? new Party(rates, nanos.getAsLong()) : known;
            entered.set(found.enter(most));
            return found;
        });
        return entered.get() ? Optional.of(party) : Optional.empty();
    }

    @SuppressWarnings("NullAway") // a mapping to null is how computeIfPresent removes an entry
    private void sweep(Map<String, Party> parties) {
        long now = nanos.getAsLong();
        parties.keySet()
                .forEach(key -> parties.computeIfPresent(key, (k, party) -> party.isForgotten(now) ? null : party));
    }

    private Party address(String address) {
        return addresses.computeIfAbsent(
                AddressRange.site(address), site -> new Party(addressRates, nanos.getAsLong()));
    }

    private static boolean exceeds(int count, int limit) {
        return limit > 0 && count > limit;
    }
}
