package io.switchboard.engine;

import java.util.OptionalLong;

/**
 * Which part of a stream to read.
 *
 * @param since offset to start after (before, if {@code reverse}); empty for the start (end) of the stream
 * @param reverse whether newest first
 * @param limit most publications to return; 0 asks for the top alone
 * @param maxBytes stop when they weigh this much, but not before the first one
 */
public record HistoryQuery(OptionalLong since, boolean reverse, int limit, int maxBytes) {
    /** Only where the stream ends. */
    public static final HistoryQuery TOP = new HistoryQuery(OptionalLong.empty(), false, 0, 0);

    /** The newest publication. */
    public static final HistoryQuery LATEST = new HistoryQuery(OptionalLong.empty(), true, 1, Integer.MAX_VALUE);

    /** What comes after an offset, oldest first. */
    public static HistoryQuery after(long offset, int limit, int maxBytes) {
        return new HistoryQuery(OptionalLong.of(offset), false, limit, maxBytes);
    }
}
