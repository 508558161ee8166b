package io.switchboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server that runs, pinned to a core of its own. */
interface Running extends AutoCloseable {
    /** Length of a tick of the kernel's clock for processes, in microseconds (USER_HZ is 100 on Linux). */
    long TICK = 10_000;

    long pid();

    @Override
    void close() throws IOException;

    /** Processor time it has used so far, in microseconds. */
    default long cpuMicros() throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK;
    }

    /** Memory that it keeps resident, in bytes. */
    default long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    /** Bytes of live objects on the Java heap after a collection; 0 where there is none. */
    default long liveBytes() throws IOException {
        return 0;
    }

    /** Sum of the line that ends a class histogram, which collects garbage first. */
    static long total(List<String> histogram) {
        String last = histogram.get(histogram.size() - 1);
        return Long.parseLong(last.trim().split("\\s+")[2]);
    }
}
