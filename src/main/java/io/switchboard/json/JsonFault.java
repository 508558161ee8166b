package io.switchboard.json;

/** Thrown where a text is not the JSON that was expected; says where, never what. */
public final class JsonFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    JsonFault(String what, int at) {
        super(what + " at " + at, null, false, false);
    }
}
