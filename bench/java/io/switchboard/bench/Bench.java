package io.switchboard.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Starts one server after the other, loads it, and prints tables. Arguments: {@code name=value}, see {@link Options}; or
 * {@code jmh}, for {@link Micro}.
 */
final class Bench {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final String GENERATOR_CORE = "1";

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (List.of(arguments).contains("jmh")) {
            Micro.run(Path.of(System.getProperty("basedir"), "target", "bench", "jmh.md"));
            return;
        }
        Options options = Options.of(arguments);
        pin();
        List<Peer> peers = new Peers()
                .all().stream().filter(peer -> options.wants(peer.name())).toList();
        Report report = new Report();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Peer peer : peers) {
                OUT.printf("round %d: %s%n", round, peer.name());
                try {
                    measure(peer, options, report);
                } catch (IOException | UncheckedIOException e) {
                    OUT.printf("round %d: %s failed: %s%n", round, peer.name(), e);
                    report.failed(peer.name(), e);
                }
            }
        }
        OUT.print(report);
        Path file = Path.of(System.getProperty("basedir"), "target", "bench", "report.md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, report.toString());
    }

    /** All shapes that want the same limits share a server. */
    private static void measure(Peer peer, Options options, Report report) throws IOException {
        Map<Map<String, String>, List<Shape>> byLimits = new LinkedHashMap<>();
        for (String name : options.shapes()) {
            Shape shape = Shape.valueOf(name.toUpperCase(Locale.ROOT));
            byLimits.computeIfAbsent(shape.limits(), limits -> new ArrayList<>())
                    .add(shape);
        }
        for (var entry : byLimits.entrySet()) {
            try (Running server = peer.start().run(entry.getKey())) {
                for (Shape shape : entry.getValue()) {
                    shape.run(peer, server, options, row -> {
                        report.add(peer.name(), row);
                        OUT.println("  " + row);
                    });
                }
            }
        }
    }

    /** Keeps all threads of this process on the generator's core. */
    private static void pin() throws IOException, InterruptedException {
        long self = ProcessHandle.current().pid();
        new ProcessBuilder("taskset", "-apc", GENERATOR_CORE, String.valueOf(self))
                .start()
                .waitFor();
    }
}
