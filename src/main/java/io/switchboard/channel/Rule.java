package io.switchboard.channel;

/**
 * Who may do one thing in the channels of a namespace.
 *
 * @param kind which callers
 * @param role the role they need, empty unless {@code kind} is {@link Kind#ROLE}
 */
public record Rule(Kind kind, String role) {
    /** Kinds of callers. */
    public enum Kind {
        /** No caller at all; application code still may. */
        NOBODY,
        /** Every caller, known or not. */
        ANYONE,
        /** Callers with a user id. */
        SIGNED_IN,
        /** Users whom the channel's own name lists. */
        LISTED,
        /** Callers who hold a role. */
        ROLE
    }

    /** Lets nobody. */
    public static final Rule NOBODY = new Rule(Kind.NOBODY, "");

    private static final String ROLE_PREFIX = "role:";

    /**
     * Reads {@code nobody}, {@code anyone}, {@code signed-in}, {@code listed} or {@code role:NAME}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static Rule parse(String text) {
        if (text.startsWith(ROLE_PREFIX) && text.length() > ROLE_PREFIX.length()) {
            return new Rule(Kind.ROLE, text.substring(ROLE_PREFIX.length()));
        }
        return switch (text) {
            case "nobody" -> NOBODY;
            case "anyone" -> new Rule(Kind.ANYONE, "");
            case "signed-in" -> new Rule(Kind.SIGNED_IN, "");
            case "listed" -> new Rule(Kind.LISTED, "");
            default -> throw new IllegalArgumentException("must be nobody, anyone, signed-in, listed or role:NAME");
        };
    }
}
