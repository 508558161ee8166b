package io.switchboard.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A load, or a row of loads that share their clients. */
enum Shape {
    /** One channel with 1,000 subscribers: at fixed rates and as fast as it goes. */
    FANOUT {
        @Override
        void run(Peer peer, Running server, Options options, Consumer<Row> rows) throws IOException {
            try (Generator generator = new Generator(peer.port(), peer.talks(), 1)) {
                generator.connect(SUBSCRIBERS, ONE);
                warmUp(peer, generator, options, 100);
                boolean keepsUp = true;
                for (String rate : options.rates()) {
                    if (rate.equals(Options.FLAT_OUT)) {
                        rows.accept(flatOut("1 × 1,000 flat out", peer.window(), generator, server, options));
                    } else if (keepsUp) {
                        double wanted = Double.parseDouble(rate);
                        Row row = atRate("1 × 1,000 at " + rate + "/s", generator, server, wanted, options);
                        rows.accept(row);
                        // whoever was overwhelmed once would only take for ever at a higher rate
                        keepsUp = row.figures().get(Row.PER_SECOND) > 0.9 * wanted * SUBSCRIBERS;
                    }
                }
            }
        }
    },

    /** 1,000 clients, each following 10 of 100 channels. */
    ROOMS {
        @Override
        void run(Peer peer, Running server, Options options, Consumer<Row> rows) throws IOException {
            try (Generator generator = new Generator(peer.port(), peer.talks(), ROOMS_COUNT)) {
                generator.connect(SUBSCRIBERS, Shape::rooms);
                warmUp(peer, generator, options, 450);
                rows.accept(atRate("1,000 × 10 of 100 at 450/s", generator, server, 450, options));
                rows.accept(flatOut("1,000 × 10 of 100 flat out", peer.window(), generator, server, options));
            }
        }
    },

    /** As fast as it goes with nothing kept, and with history, recovery and presence, in turn in one server. */
    HISTORY {
        @Override
        void run(Peer peer, Running server, Options options, Consumer<Row> rows) throws IOException {
            String path = peer.talks().get().path();
            for (int time = 0; time <= options.rounds(); time++) {
                for (String namespace : List.of(NativeTalk.PLAIN, NativeTalk.FULL)) {
                    try (Generator generator = new Generator(peer.port(), () -> new NativeTalk(path, namespace), 1)) {
                        generator.connect(SUBSCRIBERS, ONE);
                        generator.flatOut(HISTORY_WINDOW, options.warmUp() / 3);
                        long cpu = server.cpuMicros();
                        Generator.Outcome outcome = generator.flatOut(HISTORY_WINDOW, options.seconds());
                        if (time > 0) { // the first ones were warm-up
                            rows.accept(Row.of("flat out: " + namespace, outcome, server.cpuMicros() - cpu));
                        }
                    }
                }
            }
        }
    },

    /** 1,000 subscribers without and with one more that reads nothing, in turn in one server. */
    DEAF {
        @Override
        void run(Peer peer, Running server, Options options, Consumer<Row> rows) throws IOException {
            try (Generator generator = new Generator(peer.port(), peer.talks(), 1)) {
                generator.connect(SUBSCRIBERS, ONE);
                warmUp(peer, generator, options, 100);
                for (int pair = 0; pair < options.pairs(); pair++) {
                    generator.flatOut(peer.window(), 1); // as before the other one
                    rows.accept(atRate("1 × 1,000 at 100/s", generator, server, 100, options));
                    try (Closeable deaf = generator.connectDeaf(0)) {
                        generator.flatOut(peer.window(), 1); // fills what the kernels hold for it
                        rows.accept(atRate("1 × 1,000 at 100/s, and a deaf one", generator, server, 100, options));
                    }
                }
            }
        }
    },

    /** 20,000 deliveries a second to 100, 1,000 and 10,000 subscribers of one channel, and as fast as it goes. */
    SCALE {
        @Override
        void run(Peer peer, Running server, Options options, Consumer<Row> rows) throws IOException {
            try (Generator generator = new Generator(peer.port(), peer.talks(), 1)) {
                int count = 0;
                for (int subscribers : new int[] {100, 1_000, 10_000}) {
                    generator.connect(subscribers - count, ONE);
                    count = subscribers;
                    // as many deliveries on their way for 10,000 as for 1,000: a reader has 30 s for a full window
                    int window = Math.min(peer.window(), peer.window() * SUBSCRIBERS / count);
                    generator.flatOut(window, options.warmUp() * 2 / 3);
                    double rate = 20_000.0 / count;
                    generator.atRate(rate, options.warmUp() / 3);
                    rows.accept(atRate("1 × " + count + ", 20,000 deliveries/s", generator, server, rate, options));
                    rows.accept(flatOut("1 × " + count + " flat out", window, generator, server, options));
                }
            }
        }
    },

    /** What 10,000 connections cost that hear nothing but heart-beats, and what opening them costs. */
    IDLE {
        @Override
        void run(Peer peer, Running server, Options options, Consumer<Row> rows) throws IOException {
            try (Generator generator = new Generator(peer.port(), peer.talks(), 1)) {
                generator.connect(SUBSCRIBERS, NONE); // what the first ones load stays loaded
                long live = server.liveBytes();
                long resident = server.residentBytes();
                long cpu = server.cpuMicros();
                generator.connect(IDLERS - SUBSCRIBERS, NONE);
                int more = IDLERS - SUBSCRIBERS;
                Row opened = new Row("10,000 connections");
                opened.put("CPU µs/handshake", (server.cpuMicros() - cpu) / (double) more);
                opened.put("heap KiB each", (server.liveBytes() - live) / 1024.0 / more);
                rows.accept(opened.put("RSS KiB each", (server.residentBytes() - resident) / 1024.0 / more));
                generator.idle(TimeUnit.SECONDS.toNanos(30)); // every one has been pinged once, where there are pings
                cpu = server.cpuMicros();
                generator.idle(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
                Row idle = new Row("10,000 idle");
                idle.put("core %", (server.cpuMicros() - cpu) / (IDLE_SECONDS * 1e4));
                rows.accept(idle.put("heap KiB each", (server.liveBytes() - live) / 1024.0 / more));
            }
        }
    },

    /** 2,000 clients come back at once to the channel that they follow. */
    STORM {
        @Override
        void run(Peer peer, Running server, Options options, Consumer<Row> rows) throws IOException {
            for (int time = 0; time < 3; time++) {
                try (Generator generator = new Generator(peer.port(), peer.talks(), 1)) {
                    long cpu = server.cpuMicros();
                    double seconds = generator.storm(STORMERS, ONE);
                    Row row = new Row("2,000 return at once").put("seconds", seconds);
                    row.put("CPU µs/handshake", (server.cpuMicros() - cpu) / (double) STORMERS);
                    if (time == 2) {
                        rows.accept(row); // the first ones were warm-up
                    }
                }
            }
        }
    },

    /** 1,000 subscribers without and with attackers, in turn in one server; its limits are on. Switchboard's own. */
    SIEGE {
        @Override
        Map<String, String> limits() {
            return Map.of("SWITCHBOARD_CONNECTIONS_PER_ADDRESS", "1100"); // all who are honest share one
        }

        @Override
        void run(Peer peer, Running server, Options options, Consumer<Row> rows) throws IOException {
            try (Generator generator = new Generator(peer.port(), peer.talks(), 1)) {
                generator.connect(SUBSCRIBERS, ONE);
                generator.atRate(50, options.warmUp()); // a session has 100 commands a second
                for (int turn = -1; turn < options.pairs(); turn++) {
                    for (String attack : options.attacks()) {
                        Row row = Siege.pair(
                                Attack.valueOf(attack.toUpperCase(Locale.ROOT)),
                                turn & 1,
                                20,
                                peer,
                                generator,
                                server,
                                options);
                        if (turn >= 0) { // the first ones were warm-up
                            rows.accept(row);
                        }
                    }
                }
            }
        }
    };

    private static final int SUBSCRIBERS = 1_000;
    private static final int ROOMS_COUNT = 100;
    private static final int HISTORY_WINDOW = 500; // within the tail: where nothing is kept nobody could catch up
    private static final int IDLERS = 10_000;
    private static final int IDLE_SECONDS = 60;
    private static final int STORMERS = 2_000;
    private static final Map<String, String> FREE = Stream.of(
                    "CONNECTIONS_PER_ADDRESS",
                    "CONNECTIONS_UNCONNECTED",
                    "HANDSHAKES",
                    "HANDSHAKES_PER_ADDRESS",
                    "COMMANDS_PER_SESSION",
                    "COMMANDS_PER_USER",
                    "COMMANDS_PER_ADDRESS",
                    "BYTES_PER_SESSION",
                    "BYTES_PER_USER",
                    "BYTES_PER_ADDRESS",
                    "NEW_CHANNELS")
            .collect(Collectors.toUnmodifiableMap(name -> "SWITCHBOARD_" + name, name -> "0"));
    private static final IntFunction<int[]> ONE = client -> new int[] {0};
    private static final IntFunction<int[]> NONE = client -> new int[0];

    /** Variables of Switchboard's environment; all clients have one address, so most shapes could not live with limits. */
    Map<String, String> limits() {
        return FREE;
    }

    /** Loads a server. */
    abstract void run(Peer peer, Running server, Options options, Consumer<Row> rows) throws IOException;

    /** Until the compilers are quiet, mostly. */
    static void warmUp(Peer peer, Generator generator, Options options, double rate) throws IOException {
        generator.flatOut(peer.window(), options.warmUp() * 2 / 3);
        generator.atRate(rate, options.warmUp() / 3);
    }

    static Row atRate(String load, Generator generator, Running server, double rate, Options options)
            throws IOException {
        long cpu = server.cpuMicros();
        Generator.Outcome outcome = generator.atRate(rate, options.seconds());
        return Row.of(load, outcome, server.cpuMicros() - cpu);
    }

    static Row flatOut(String load, int window, Generator generator, Running server, Options options)
            throws IOException {
        long cpu = server.cpuMicros();
        Generator.Outcome outcome = generator.flatOut(window, options.seconds());
        return Row.of(load, outcome, server.cpuMicros() - cpu);
    }

    private static int[] rooms(int client) {
        int[] rooms = new int[10];
        for (int i = 0; i < rooms.length; i++) {
            rooms[i] = (client * 7 + i * 11) % ROOMS_COUNT;
        }
        return rooms;
    }
}
