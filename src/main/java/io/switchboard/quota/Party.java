package io.switchboard.quota;

import java.util.LinkedHashMap;
import java.util.Map;

/** All connections of one user, or from one address, taken together. Thread-safe. */
final class Party {
    private static final int NAMES = 1_024;

    private final Quotas.Rates rates;
    private int connections; // all guarded by this
    private long commandsEmptyAt;
    private long bytesEmptyAt;
    private long handshakesEmptyAt;
    private long namesEmptyAt;
    private Map<String, Boolean> names = Map.of();

    Party(Quotas.Rates rates, long now) {
        this.rates = rates;
        commandsEmptyAt = now;
        bytesEmptyAt = now;
        handshakesEmptyAt = now;
        namesEmptyAt = now;
    }

    synchronized int connections() {
        return connections;
    }

    /** One more connection, unless there are so many already; 0 means any number. */
    synchronized boolean enter(int most) {
        boolean entered = most == 0 || connections < most;
        connections += entered ? 1 : 0;
        return entered;
    }

    synchronized void leave() {
        connections--;
    }

    synchronized boolean handshake(long now) {
        boolean admitted = rates.handshakes().judge(handshakesEmptyAt, 1, now) == Rate.Verdict.ADMIT;
        if (admitted) {
            handshakesEmptyAt = rates.handshakes().fill(handshakesEmptyAt, 1, now);
        }
        return admitted;
    }

    /** Whether so many commands may be obeyed; refused ones do not count against the others. */
    synchronized boolean commands(long cost, long now) {
        boolean admitted = rates.commands().judge(commandsEmptyAt, cost, now) == Rate.Verdict.ADMIT;
        if (admitted) {
            commandsEmptyAt = rates.commands().fill(commandsEmptyAt, cost, now);
        }
        return admitted;
    }

    synchronized boolean bytes(long cost, long now) {
        boolean admitted = rates.bytes().judge(bytesEmptyAt, cost, now) == Rate.Verdict.ADMIT;
        if (admitted) {
            bytesEmptyAt = rates.bytes().fill(bytesEmptyAt, cost, now);
        }
        return admitted;
    }

    /** Whether a channel may be named: one of the last thousand again, or a new one if there were not too many. */
    synchronized boolean name(String channel, long now) {
        if (rates.names().isFree() || names.get(channel) != null) {
            return true;
        }
        if (rates.names().judge(namesEmptyAt, 1, now) != Rate.Verdict.ADMIT) {
            return false;
        }
        namesEmptyAt = rates.names().fill(namesEmptyAt, 1, now);
        if (names.isEmpty()) {
            names = new Recent();
        }
        names.put(channel, true);
        return true;
    }

    /** Whether nobody is there, and nothing of the past counts any more. */
    synchronized boolean isForgotten(long now) {
        return connections == 0
                && commandsEmptyAt - now <= 0
                && bytesEmptyAt - now <= 0
                && handshakesEmptyAt - now <= 0
                && namesEmptyAt - now <= 0;
    }

    private static final class Recent extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1;

        Recent() {
            super(16, 0.75f, true); // in the order of their last use
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > NAMES;
        }
    }
}
