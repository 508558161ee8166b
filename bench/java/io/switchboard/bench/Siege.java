package io.switchboard.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An {@link Attacker} at work, and what the honest feel of it. It is a process of its own on the generator's core, where it
 * gets what the generator leaves.
 */
record Siege(Process process, BufferedReader out) implements Running {
    private static final long REST_NANOS = 2_000_000_000L;
    private static final double SATURATED = 90;

    /** One measurement. */
    private record Side(
            Generator.Outcome outcome,
            double serverPercent,
            double generatorPercent,
            double waitPercent,
            Row attacker) {}

    /** Measures without and with an attack; who comes first is in turn. */
    static Row pair(
            Attack attack, int turn, double rate, Peer peer, Generator generator, Running server, Options options)
            throws IOException {
        boolean attackFirst = turn % 2 == 1;
        Side first = side(attackFirst, attack, rate, peer, generator, server, options);
        Side second = side(!attackFirst, attack, rate, peer, generator, server, options);
        Side calm = attackFirst ? second : first;
        Side under = attackFirst ? first : second;
        Row row = new Row("1 × 1,000 at " + Row.show(rate) + "/s under " + attack.title);
        for (int i = 0; i < Generator.Outcome.PERCENTILES.length; i++) {
            String name = "p" + (float) Generator.Outcome.PERCENTILES[i];
            double without = calm.outcome().micros()[i] / 1e3;
            double with = under.outcome().micros()[i] / 1e3;
            row.put(name + " ms", without).put(name + " under", with).put(name + " ×", with / without);
        }
        row.put("core %", calm.serverPercent()).put("core % under", under.serverPercent());
        row.put("generator's core %", calm.generatorPercent()).put("… under", under.generatorPercent());
        row.put("it waits %", calm.waitPercent()).put("waits % under", under.waitPercent());
        row.put("generator saturated", under.generatorPercent() + under.waitPercent() > SATURATED ? 1 : 0);
        under.attacker().figures().forEach(row::put);
        return row.put("wrong", calm.outcome().wrong() + under.outcome().wrong());
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Side side(
            boolean attacked,
            Attack attack,
            double rate,
            Peer peer,
            Generator generator,
            Running server,
            Options options)
            throws IOException {
        generator.idle(REST_NANOS); // the last attacker's connections have been swept away
        if (!attacked) {
            return measure(rate, generator, server, options, () -> 0);
        }
        try (Siege siege = begin(attack, peer, generator)) {
            Side side = measure(rate, generator, server, options, siege::cpuMicros);
            siege.end(side.attacker());
            return side;
        }
    }

    private static Side measure(double rate, Generator generator, Running server, Options options, Cpu attacker)
            throws IOException {
        long cpu = server.cpuMicros();
        long attackers = attacker.micros();
        long[] before = schedule();
        Generator.Outcome outcome = generator.atRate(rate, options.seconds());
        long[] after = schedule();
        double percent = outcome.seconds() * 1e4;
        long used = (after[0] - before[0]) / 1_000 + attacker.micros() - attackers;
        return new Side(
                outcome,
                (server.cpuMicros() - cpu) / percent,
                used / percent,
                (after[1] - before[1]) / 1e3 / percent,
                new Row(""));
    }

    private interface Cpu {
        long micros() throws IOException;
    }

    /** Nanoseconds that this thread has run, and has waited for the core. */
    private static long[] schedule() throws IOException {
        String[] fields =
                Files.readString(Path.of("/proc/thread-self/schedstat")).trim().split(" ");
        return new long[] {Long.parseLong(fields[0]), Long.parseLong(fields[1])};
    }

    /** Starts an attack, and returns once it is on. */
    private static Siege begin(Attack attack, Peer peer, Generator generator) throws IOException {
        List<String> command = List.of(
                "nice",
                "-n19",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Attacker.class.getName(),
                attack.name(),
                String.valueOf(peer.port()),
                peer.talks().get().path());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start(); // inherits our core
        Siege siege = new Siege(process, process.inputReader(UTF_8));
        while (!siege.out().ready()) {
            if (!process.isAlive()) {
                throw new IOException("the attacker has given up");
            }
            generator.idle(100_000_000);
        }
        siege.out().readLine();
        return siege;
    }

    /** Stops it, and tells what it has met with. */
    private void end(Row row) throws IOException {
        process.getOutputStream().close();
        Map<String, Double> figures = new TreeMap<>();
        for (String figure : out.readLine().split(" ")) {
            String[] parts = figure.split("=", 2);
            if (parts.length == 2) {
                figures.put(parts[0], Double.valueOf(parts[1]));
            }
        }
        figures.forEach(row::put);
    }
}
