package io.switchboard.bench;

import org.HdrHistogram.Histogram;

/** What arrived, over all clients. Confined to the generator's thread. */
final class Tally {
    /** Latency in microseconds from the intended time of sending. */
    final Histogram latency = new Histogram(60_000_000L, 3);

    long delivered;
    long missed;
    long repeated;

    /** A publication arrived at a client that had this one last. */
    void arrived(long last, long number, long micros) {
        delivered++;
        if (number <= last) {
            repeated++; // or out of order: then the gap was counted before
        } else {
            missed += number - last - 1;
        }
        latency.recordValue(Math.max(0, Math.min(micros, latency.getHighestTrackableValue())));
    }

    void reset() {
        latency.reset();
        delivered = 0;
        missed = 0;
        repeated = 0;
    }
}
