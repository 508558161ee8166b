package io.switchboard.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Does one thing after the other, each when the stage of the one before is complete. Thread-safe.
 *
 * <p>Tasks run on whichever thread adds or completes one, without recursion. They must not throw.
 */
final class Lane {
    /** Tasks that may wait: more than one frame of pipelined commands can hold. */
    static final int CAPACITY = 4_096;

    private final Deque<Supplier<CompletionStage<?>>> waiting = new ArrayDeque<>(1); // guarded by this
    private boolean busy; // guarded by this

    /** Adds a task, and does it now if nothing is before it; false if too many wait. */
    boolean add(Supplier<CompletionStage<?>> task) {
        synchronized (this) {
            if (waiting.size() >= CAPACITY) {
                return false;
            }
            waiting.addLast(task);
            if (busy) {
                return true;
            }
            busy = true;
        }
        run();
        return true;
    }

    private void run() {
        while (true) {
            Supplier<CompletionStage<?>> task;
            synchronized (this) {
                if (waiting.isEmpty()) {
                    busy = false;
                    return;
                }
                task = waiting.removeFirst();
            }
            AtomicBoolean passed = new AtomicBoolean();
            task.get().whenComplete((value, failure) -> {
                if (!passed.compareAndSet(false, true)) {
                    run();
                }
            });
            // whoever comes second goes on: this loop if the stage was complete already, else its completion
            if (passed.compareAndSet(false, true)) {
                return;
            }
        }
    }
}
