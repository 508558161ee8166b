package io.switchboard.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Why a session was ended; the code tells the client whether to come back.
 *
 * <p>3000–3499 and 4000–4499: come back. 3500–3999 and 4500–4999: stay away. 1012 is RFC 6455's "service restart".
 * The reason must be neither empty nor JSON: clients of the Centrifuge protocol read a JSON reason as an order of its
 * own, and take an empty one as leave to come back.
 *
 * @param code close code, 1000 to 4999
 * @param reason 1 to 123 bytes of text that begins with a letter
 */
public record Disconnect(int code, String reason) {
    public static final Disconnect UNSUPPORTED_DATA = new Disconnect(1003, "unsupported data");
    public static final Disconnect TOO_BIG = new Disconnect(1009, "message size limit exceeded");
    public static final Disconnect SERVICE_RESTART = new Disconnect(1012, "service restart");
    public static final Disconnect INTERNAL = new Disconnect(3004, "internal server error");
    public static final Disconnect EXPIRED = new Disconnect(3005, "connection expired");
    public static final Disconnect SLOW = new Disconnect(3008, "slow");
    public static final Disconnect WRITE_ERROR = new Disconnect(3009, "write error");
    public static final Disconnect INSUFFICIENT_STATE = new Disconnect(3010, "insufficient state");
    public static final Disconnect NO_PONG = new Disconnect(3012, "no pong");
    public static final Disconnect TOO_MANY_REQUESTS = new Disconnect(3013, "too many requests");
    public static final Disconnect INVALID_TOKEN = new Disconnect(3500, "invalid token");
    public static final Disconnect BAD_REQUEST = new Disconnect(3501, "bad request");
    public static final Disconnect STALE = new Disconnect(3502, "stale");
    public static final Disconnect FORCED = new Disconnect(3503, "force disconnect");
    public static final Disconnect CONNECTION_LIMIT = new Disconnect(3504, "connection limit");
    public static final Disconnect CHANNEL_LIMIT = new Disconnect(3505, "channel limit");
    public static final Disconnect INAPPROPRIATE_PROTOCOL = new Disconnect(3506, "inappropriate protocol");
    public static final Disconnect PERMISSION_DENIED = new Disconnect(3507, "permission denied");

    private static final int MAX_REASON = 123;

    /** Refuses, with an {@link IllegalArgumentException}, what a close frame cannot carry to good effect. */
    public Disconnect {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("close code must be 1000 to 4999");
        }
        if (reason.isEmpty() || reason.getBytes(UTF_8).length > MAX_REASON || !startsLikeProse(reason)) {
            throw new IllegalArgumentException("reason must be text of 1 to 123 bytes that begins with a letter");
        }
    }

    /** Whether the client is to stay away. */
    public boolean isFinal() {
        return (code >= 3500 && code < 4000) || code >= 4500;
    }

    private static boolean startsLikeProse(String reason) {
        return Character.isLetter(reason.charAt(0))
                && reason.chars().noneMatch(Character::isISOControl)
                && !reason.equals("true")
                && !reason.equals("false")
                && !reason.equals("null");
    }
}
