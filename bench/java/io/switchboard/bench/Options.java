package io.switchboard.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to measure.
 *
 * @param peers names of servers, empty for all
 * @param shapes names of {@link Shape}s
 * @param rates publications per second of the fan-out, or {@value #FLAT_OUT}
 * @param rounds how often each server is started
 * @param seconds how long each load is kept up
 * @param warmUp how long each server is loaded before anything counts, in seconds
 * @param attacks names of {@link Attack}s
 * @param pairs how often each attack is measured in each round
 */
record Options(
        List<String> peers,
        List<String> shapes,
        List<String> rates,
        int rounds,
        double seconds,
        double warmUp,
        List<String> attacks,
        int pairs) {
    /** The rate that means: as fast as it goes. */
    static final String FLAT_OUT = "max";

    /** Reads {@code name=value}; what is not given is as in the published tables. */
    static Options of(String[] arguments) {
        Map<String, String> given = new TreeMap<>();
        for (String argument : String.join(" ", arguments).trim().split("\\s+")) {
            if (!argument.isEmpty()) {
                String[] parts = argument.split("=", 2);
                if (parts.length != 2) {
                    throw new IllegalArgumentException("name=value expected, not " + argument);
                }
                given.put(parts[0], parts[1]);
            }
        }
        Options options = new Options(
                list(given.remove("peers")),
                list(given.getOrDefault("shapes", "fanout")),
                list(given.getOrDefault("rates", "20,100,500,1000," + FLAT_OUT)),
                Integer.parseInt(given.getOrDefault("rounds", "3")),
                Double.parseDouble(given.getOrDefault("seconds", "5")),
                Double.parseDouble(given.getOrDefault("warmup", "15")),
                list(given.getOrDefault("attacks", "half_handshakes,crowd,flood")),
                Integer.parseInt(given.getOrDefault("pairs", "4")));
        given.keySet().removeAll(List.of("shapes", "rates", "rounds", "seconds", "warmup", "attacks", "pairs"));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + given.keySet());
        }
        return options;
    }

    boolean wants(String peer) {
        return peers.isEmpty() || peers.contains(peer);
    }

    private static List<String> list(String value) {
        return value == null ? List.of() : List.of(value.split(","));
    }
}
