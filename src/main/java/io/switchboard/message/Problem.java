package io.switchboard.message;

/**
 * Why a command was refused; the session lives on.
 *
 * <p>Codes 100 to 399 are those of the Centrifuge client protocol; 400 to 1999 are free for applications.
 *
 * @param code number that clients act on
 * @param message short English text, never internal detail
 * @param temporary whether the same command may succeed later
 */
public record Problem(int code, String message, boolean temporary) {
    public static final Problem INTERNAL = new Problem(100, "internal server error", true);
    public static final Problem UNAUTHORIZED = new Problem(101, "unauthorized", false);
    public static final Problem UNKNOWN_CHANNEL = new Problem(102, "unknown channel", false);
    public static final Problem PERMISSION_DENIED = new Problem(103, "permission denied", false);
    public static final Problem ALREADY_SUBSCRIBED = new Problem(105, "already subscribed", false);
    public static final Problem LIMIT_EXCEEDED = new Problem(106, "limit exceeded", false);
    public static final Problem BAD_REQUEST = new Problem(107, "bad request", false);
    public static final Problem NOT_AVAILABLE = new Problem(108, "not available", false);
    public static final Problem TOKEN_EXPIRED = new Problem(109, "token expired", false);
    public static final Problem EXPIRED = new Problem(110, "expired", false);
    public static final Problem TOO_MANY_REQUESTS = new Problem(111, "too many requests", true);
    public static final Problem UNRECOVERABLE_POSITION = new Problem(112, "unrecoverable position", false);
}
