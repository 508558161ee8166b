package io.switchboard.access;

/** Thrown for a token that is not good. Its message never holds any part of the token. */
public final class BadToken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean expired;

    private BadToken(String message, boolean expired) {
        super(message, null, false, false);
        this.expired = expired;
    }

    /** A token that is not good yet or no longer: a new one may be. */
    public static BadToken expired() {
        return new BadToken("token expired", true);
    }

    /** A token that never was good; {@code why} is for our log, and quotes nothing of it. */
    public static BadToken invalid(String why) {
        return new BadToken(why, false);
    }

    /** Whether a new one may be good. */
    public boolean isExpired() {
        return expired;
    }
}
