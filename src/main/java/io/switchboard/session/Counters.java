package io.switchboard.session;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens on this node, by name; never goes down. Thread-safe. */
public final class Counters {
    private final Map<String, LongAdder> byName = new ConcurrentHashMap<>();

    /** The counter of that name, made if need be; hold on to it where it is counted often. */
    public LongAdder counter(String name) {
        return byName.computeIfAbsent(name, n -> new LongAdder());
    }

    /** Counts one. */
    public void count(String name) {
        counter(name).increment();
    }

    /** All counters as they stand, sorted by name. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new TreeMap<>();
        byName.forEach((name, adder) -> snapshot.put(name, adder.sum()));
        return snapshot;
    }
}
