package io.switchboard.token;

import java.time.Duration;

/** Runs something later, on a thread of its own choice. Thread-safe; never blocks. */
@FunctionalInterface
public interface Alarm {
    /** Runs a task, which does not take long, once this time has passed. */
    void after(Duration delay, Runnable task);
}
