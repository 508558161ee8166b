package io.switchboard.quota;

import io.switchboard.origin.AddressRange;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
        Party party = address(address);
        party.enter();
        node.enter();
        unconnected.incrementAndGet();
        return new Allowance(this, party);
    }

    /** Forgets who is gone; called now and then. */
    public void sweep() {
        long now = nanos.getAsLong();
        users.values().removeIf(party -> party.isForgotten(now));
        addresses.values().removeIf(party -> party.isForgotten(now));
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
        Party party = users.computeIfAbsent(user, u -> new Party(userRates, nanos.getAsLong()));
        if (exceeds(party.connections() + 1, limits.connectionsPerUser())) {
            return Optional.empty();
        }
        party.enter();
        return Optional.of(party);
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

    private Party address(String address) {
        return addresses.computeIfAbsent(
                AddressRange.site(address), site -> new Party(addressRates, nanos.getAsLong()));
    }

    private static boolean exceeds(int count, int limit) {
        return limit > 0 && count > limit;
    }
}
