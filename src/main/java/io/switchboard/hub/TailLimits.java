package io.switchboard.hub;

/**
 * How much the tail of a channel holds. Immutable.
 *
 * @param count most entries
 * @param bytes most bytes; the last entry stays even if it is larger
 * @param batch bytes of a block, of which no more than one is read at once
 */
public record TailLimits(int count, int bytes, int batch) {
    /** What holds unless it is set otherwise. */
    public static final TailLimits DEFAULT = new TailLimits(4_096, 1 << 20, 64 << 10);

    /** Refuses, with an {@link IllegalArgumentException}, limits under which nothing could be read. */
    public TailLimits {
        if (count < 1 || bytes < 1 || batch < 1) {
            throw new IllegalArgumentException("limits of the tail must be positive");
        }
    }
}
