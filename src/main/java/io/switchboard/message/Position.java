package io.switchboard.message;

/**
 * A place in a channel's stream.
 *
 * @param epoch random name of the stream, empty if unknown; it changes when the stream is lost or made anew
 * @param offset number of the last publication before this place; the first publication is 1, 0 is the start
 */
public record Position(String epoch, long offset) {
    /** The place of somebody who knows nothing. */
    public static final Position UNKNOWN = new Position("", 0);
}
