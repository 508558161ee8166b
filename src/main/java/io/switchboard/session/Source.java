package io.switchboard.session;

import java.util.List;

/**
 * Something that a session reads from its own place, when its connection can take more.
 *
 * <p>{@link #read} is only called by the session's pump, by one thread at a time.
 */
public abstract class Source {
    private static final Slice NOTHING = new Slice(List.of(), 0, false);

    /** Whether the pump has this on its list; guarded by the pump's lock. */
    boolean listed;

    /**
     * What was read.
     *
     * @param frames in order
     * @param bytes about how much they weigh
     * @param more whether there was more to read
     */
    public record Slice(List<Frame> frames, int bytes, boolean more) {}

    /** Nothing to read now. */
    public static Slice nothing() {
        return NOTHING;
    }

    /** Reads on, about as much as goes into one frame. */
    protected abstract Slice read();

    /** Looks at its clock, if it has one; {@code now} in nanoseconds. */
    protected void check(long now) {}

    /** Stops for good; called once the session has left the registry, and safe to call again. */
    public abstract void end();
}
