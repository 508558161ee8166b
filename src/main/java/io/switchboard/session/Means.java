package io.switchboard.session;

import io.switchboard.quota.Quotas;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What all sessions of a node share.
 *
 * @param limits their bounds
 * @param quotas how much of the node they may take
 * @param nanos a clock that never goes back, in nanoseconds
 * @param random numbers from 0 to 1
 * @param counters where they count
 * @param workers runs what must not wait
 * @param closers runs what may wait: closing a connection blocks for 20 s on some containers
 * @param pingers sends the pings of transports, which may wait too, but not behind connections that are being closed
 */
public record Means(
        Limits limits,
        Quotas quotas,
        LongSupplier nanos,
        DoubleSupplier random,
        Counters counters,
        Executor workers,
        Executor closers,
        Executor pingers) {}
