package io.switchboard.channel;

/** What happens to a reader so slow that what he has not read yet is gone. */
public enum OnLag {
    /** He is unsubscribed with "insufficient state", which tells his client to subscribe again and recover. */
    RESUBSCRIBE,
    /** He goes on with the oldest publication that is left and is told how many he missed. */
    SKIP,
    /** He gets the latest publication of each key that changed, and is told how many were passed over. */
    LATEST
}
