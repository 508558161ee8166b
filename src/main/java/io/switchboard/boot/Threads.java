package io.switchboard.boot;

import io.switchboard.message.Disconnect;
import io.switchboard.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All threads of this node; they end when it stops.
 *
 * <p>Our own rather than the container's: its managed executors are not the same on any two containers, and on Payara a
 * thread without context class loader sends at a third of the cost.
 */
final class Threads {
    private static final long TICK_MILLIS = 500;
    private static final long SWEEP_SECONDS = 60;
    private static final int CLOSERS = 8;
    private static final int PINGERS = 4;

    private final ExecutorService workers;
    private final ExecutorService closers = pool("closer", CLOSERS);
    private final ExecutorService pingers = pool("pinger", PINGERS);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(factory("clock"));

    Threads(int fanOutThreads) {
        workers = pool("fan-out", fanOutThreads);
    }

    ExecutorService workers() {
        return workers;
    }

    ExecutorService closers() {
        return closers;
    }

    ExecutorService pingers() {
        return pingers;
    }

    /** Starts the clocks. */
    @SuppressWarnings("FutureReturnValueIgnored") // they run until the stop, and a guard logs what they throw
    void start(Runnable tick, Runnable sweep) {
        clock.scheduleWithFixedDelay(new Guarded(tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(new Guarded(sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** Runs a short task later; never, if the node stops before. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it, and a guard logs what it throws
    void after(Duration delay, Runnable task) {
        clock.schedule(new Guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Closes all sessions, waits for that at most this long, and ends every thread. */
    void stop(Sessions sessions, Disconnect why, long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        sessions.closeAll(why);
        clock.shutdownNow();
        for (ExecutorService pool : List.of(workers, closers, pingers)) {
            pool.shutdown();
            try {
                if (!pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    pool.shutdownNow();
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ExecutorService pool(String name, int size) {
        // what is handed in after the stop finds no session any more
        return new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                factory(name),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "switchboard-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        };
    }
}
