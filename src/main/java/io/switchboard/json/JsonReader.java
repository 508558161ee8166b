package io.switchboard.json;

import java.util.Optional;

/**
 * Reads JSON values one after the other, strictly by RFC 8259, and hands payloads out as the slices they are.
 *
 * <p>Every method throws a {@link JsonFault} if what comes next is something else. Not
 * thread-safe.
 */
public final class JsonReader {
    private static final int ENTERED = 4; // a command, its request, a position: more are passed over, never entered

    private final String text;
    private final JsonScanner scanner;
    private final int[] members = new int[ENTERED];
    private final int most;
    private String name = "";
    private int entered;

    /** Reads a text from outside from its start. */
    public JsonReader(String text) {
        this(text, JsonBounds.CLIENT);
    }

    /** Reads a text from its start, within these bounds. */
    public JsonReader(String text, JsonBounds bounds) {
        this.text = text;
        scanner = new JsonScanner(text, bounds);
        most = bounds.members();
    }

    /** Whether another value follows. */
    public boolean more() {
        return scanner.skipSpace() < text.length();
    }

    /** Enters an object. */
    public void enter() {
        enter('{');
    }

    /** Goes to the next member of the object that was entered last; false at its end, which is left by that. */
    public boolean next() {
        if (!advance('}')) {
            return false;
        }
        if (members[entered - 1] > most) {
            throw scanner.fault("too many members");
        }
        name = scanner.string();
        scanner.skipSpace();
        scanner.expect(':');
        scanner.skipSpace();
        return true;
    }

    /** Enters an array. */
    public void enterArray() {
        enter('[');
    }

    /** Goes to the next value of the array that was entered last; false at its end, which is left by that. */
    public boolean nextElement() {
        return advance(']');
    }

    private void enter(char bracket) {
        scanner.skipSpace();
        scanner.expect(bracket);
        if (entered == ENTERED) {
            throw scanner.fault("nested too deeply");
        }
        members[entered++] = 0;
    }

    /** Past the comma to what comes next, unless the end is there. */
    private boolean advance(char bracket) {
        scanner.skipSpace();
        if (scanner.accept(bracket)) {
            entered--;
            return false;
        }
        if (++members[entered - 1] > 1) {
            scanner.expect(',');
            scanner.skipSpace();
        }
        return true;
    }

    /** Name of the member that {@link #next} went to. */
    public String name() {
        return name;
    }

    /** A string; empty if the value is null. */
    public Optional<String> string() {
        return isNull() ? Optional.empty() : Optional.of(scanner.string());
    }

    /** A whole number from 0 to 2^63 - 1; 0 if the value is null. */
    public long natural() {
        long number = integer();
        if (number < 0) {
            throw scanner.fault("negative number");
        }
        return number;
    }

    /** A whole number; 0 if the value is null. */
    public long integer() {
        if (isNull()) {
            return 0;
        }
        int start = scanner.position();
        scanner.number();
        try {
            return Long.parseLong(text, start, scanner.position(), 10);
        } catch (NumberFormatException e) {
            throw scanner.fault("not a whole number");
        }
    }

    /** A boolean; false if the value is null. */
    public boolean bool() {
        if (isNull()) {
            return false;
        }
        if (text.startsWith("true", scanner.position())) {
            scanner.word("true");
            return true;
        }
        scanner.word("false");
        return false;
    }

    /** Any value, as it is written, without raw line breaks. */
    public String raw() {
        scanner.skipSpace();
        int start = scanner.position();
        scanner.value();
        String slice = text.substring(start, scanner.position());
        // a raw line break can only be white space between tokens, and frames are cut at line breaks
        return slice.indexOf('\n') < 0 && slice.indexOf('\r') < 0
                ? slice
                : slice.replace("\n", "").replace("\r", "");
    }

    /** Passes over any value. */
    public void skip() {
        scanner.skipSpace();
        scanner.value();
    }

    /** Whether the value is null; if so it is read. */
    public boolean isNull() {
        scanner.skipSpace();
        if (!text.startsWith("null", scanner.position())) {
            return false;
        }
        scanner.word("null");
        return true;
    }
}
