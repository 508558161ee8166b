package io.switchboard.boot;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** A repeated task that survives its own failure: a scheduler would drop it in silence. */
record Guarded(Runnable task) implements Runnable {
    private static final Logger LOG = System.getLogger(Guarded.class.getName());

    @Override
    public void run() {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a clock task failed", e);
        }
    }
}
