package io.switchboard.access;

/**
 * What a caller showed at the handshake to say who he is. Immutable.
 *
 * @param kind what it is
 * @param text the secret itself
 */
public record Credential(Kind kind, String text) {
    /** Kinds of credentials. */
    public enum Kind {
        /** A connection token. */
        TOKEN,
        /** A ticket of {@link Tickets}. */
        TICKET
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "Credential[" + kind + "]";
    }
}
