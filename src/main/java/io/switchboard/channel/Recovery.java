package io.switchboard.channel;

/** What a returning subscriber is given of what he missed. */
public enum Recovery {
    /** Every publication after his position, or the word that this is impossible. */
    STREAM,
    /** Only the latest publication, also for a first visit. */
    CACHE,
    /** Nothing. */
    OFF
}
