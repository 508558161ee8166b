package io.switchboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks: what the core costs without any server, in time and in memory. */
final class Micro {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Micro() {}

    /** Runs all of them, each in a JVM of its own with the options of this one, and writes a table to {@code file}. */
    static void run(Path file) throws IOException {
        OptionsBuilder options = new OptionsBuilder();
        options.mode(Mode.AverageTime).timeUnit(TimeUnit.NANOSECONDS).forks(1);
        options.warmupIterations(3).warmupTime(TimeValue.seconds(1));
        options.measurementIterations(5).measurementTime(TimeValue.seconds(1));
        options.addProfiler(GCProfiler.class).shouldFailOnError(true);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, table(new Runner(options.build()).run()));
        } catch (RunnerException e) {
            throw new IOException(e);
        }
    }

    private static String table(Collection<RunResult> results) {
        StringBuilder out = new StringBuilder();
        out.append("JDK ").append(System.getProperty("java.vm.version")).append(", per operation:\n\n");
        out.append("| benchmark | mean ns | ± 99.9 % | best ns | bytes allocated |\n|---|--:|--:|--:|--:|\n");
        for (RunResult result : results) {
            String[] name = result.getParams().getBenchmark().split("\\.");
            Result<?> time = result.getPrimaryResult();
            double best = time.getStatistics().getMin();
            double bytes = result.getSecondaryResults().get(ALLOCATED).getScore();
            out.append("| %s.%s ".formatted(name[name.length - 2], name[name.length - 1]));
            out.append("| %.1f | %.1f ".formatted(time.getScore(), time.getScoreError()));
            out.append("| %.1f | %.0f |\n".formatted(best, bytes));
        }
        return out.toString();
    }
}
