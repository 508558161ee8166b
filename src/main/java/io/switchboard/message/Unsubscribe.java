package io.switchboard.message;

/**
 * Why the server ended a subscription: below 2500 the client stays out, from 2500 on it subscribes again at once.
 *
 * @param code 2000 to 2999
 * @param reason short English text
 */
public record Unsubscribe(int code, String reason) {
    public static final Unsubscribe BY_SERVER = new Unsubscribe(2000, "server unsubscribe");
    /** Ours: what the client was allowed is not any more. */
    public static final Unsubscribe PERMISSION_DENIED = new Unsubscribe(2103, "permission denied");

    public static final Unsubscribe INSUFFICIENT_STATE = new Unsubscribe(2500, "insufficient state");
    public static final Unsubscribe EXPIRED = new Unsubscribe(2501, "subscription expired");

    /** Refuses, with an {@link IllegalArgumentException}, a code outside the range. */
    public Unsubscribe {
        if (code < 2000 || code > 2999) {
            throw new IllegalArgumentException("unsubscribe code must be 2000 to 2999");
        }
    }
}
