package io.switchboard.websocket;

/**
 * Hands what the filter saw to the configurator: containers run both on one thread, and the WebSocket API of Jakarta EE 9
 * has no other way that a client could not forge. Thread-safe.
 */
public class Arrivals {
    private final ThreadLocal<Arrival> current = ThreadLocal.withInitial(() -> Arrival.UNKNOWN);

    void set(Arrival arrival) {
        current.set(arrival);
    }

    /** What the filter saw; {@link Arrival#UNKNOWN} if it did not see this request. */
    Arrival get() {
        return current.get();
    }

    void clear() {
        current.remove();
    }
}
