package io.switchboard.json;

/**
 * How much JSON is taken.
 *
 * @param depth levels of arrays and objects
 * @param number characters in a number
 * @param members members in an object
 */
public record JsonBounds(int depth, int number, int members) {
    /** For what comes from outside. */
    public static final JsonBounds CLIENT = new JsonBounds(32, 40, 256);

    /** For what the application itself publishes. */
    public static final JsonBounds APPLICATION = new JsonBounds(512, Integer.MAX_VALUE, Integer.MAX_VALUE);
}
