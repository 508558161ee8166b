package io.switchboard.quota;

/**
 * So much per second, and a burst of so many seconds: the generic cell rate algorithm (ITU-T I.371), whose whole state is
 * the time at which the bucket will be empty again. Immutable.
 *
 * @param perSecond units per second, 0 for any number
 * @param burstSeconds how many seconds' worth may come at once
 */
record Rate(double perSecond, int burstSeconds) {
    private static final double SECOND = 1e9;

    /** What becomes of a request. */
    enum Verdict {
        /** There is room for it. */
        ADMIT,
        /** There is not; it counts all the same. */
        REFUSE,
        /** There was not for a whole burst of them. */
        END
    }

    boolean isFree() {
        return perSecond <= 0;
    }

    /** Whether there is room, for a bucket that will be empty at a time. */
    Verdict judge(long emptyAt, long cost, long now) {
        if (isFree()) {
            return Verdict.ADMIT;
        }
        double waiting = Math.max(0, emptyAt - now) + cost * SECOND / perSecond;
        double burst = burstSeconds * SECOND;
        return waiting <= burst ? Verdict.ADMIT : waiting <= 2 * burst ? Verdict.REFUSE : Verdict.END;
    }

    /** When the bucket will be empty after this. */
    long fill(long emptyAt, long cost, long now) {
        return isFree() ? now : Math.max(emptyAt, now) + (long) (cost * SECOND / perSecond);
    }
}
