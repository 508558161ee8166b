package io.switchboard.json;

/** Writes JSON by splicing; puts the commas. Not thread-safe. */
public final class JsonWriter {
    private final StringBuilder out;

    /** An empty one. */
    public JsonWriter() {
        this(256);
    }

    /** One that is likely to become this long. */
    public JsonWriter(int length) {
        out = new StringBuilder(length);
    }

    /** Opens an object as the next value. */
    public JsonWriter open() {
        comma();
        out.append('{');
        return this;
    }

    /** Opens an object as a member. */
    public JsonWriter open(String name) {
        name(name);
        out.append('{');
        return this;
    }

    /** Opens an array as a member. */
    public JsonWriter openArray(String name) {
        name(name);
        out.append('[');
        return this;
    }

    /** Closes the object. */
    public JsonWriter close() {
        out.append('}');
        return this;
    }

    /** Closes the array. */
    public JsonWriter closeArray() {
        out.append(']');
        return this;
    }

    /** A string member. */
    public JsonWriter text(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    /** A number member. */
    public JsonWriter number(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    /** A boolean member, left out if false. */
    public JsonWriter flag(String name, boolean value) {
        if (value) {
            name(name);
            out.append(true);
        }
        return this;
    }

    /** A member whose value is JSON already. */
    public JsonWriter raw(String name, String json) {
        name(name);
        out.append(json);
        return this;
    }

    /** A string as the next value of an array. */
    public JsonWriter element(String value) {
        comma();
        quote(value);
        return this;
    }

    /** Starts a new line, and with it a new document. */
    public JsonWriter line() {
        if (out.length() > 0) {
            out.append('\n');
        }
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /** A string as JSON. */
    public static String quoted(String value) {
        JsonWriter writer = new JsonWriter();
        writer.quote(value);
        return writer.toString();
    }

    private void name(String name) {
        comma();
        quote(name);
        out.append(':');
    }

    private void comma() {
        int length = out.length();
        if (length > 0 && "{[:\n".indexOf(out.charAt(length - 1)) < 0) {
            out.append(',');
        }
    }

    private void quote(String value) {
        out.append('"');
        int plain = plainPrefix(value);
        out.append(value, 0, plain);
        for (int i = plain; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || (Character.isSurrogate(c) && !paired(value, i))) {
                escape(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** How many characters from the start can be copied as they are. */
    private static int plainPrefix(String value) {
        int i = 0;
        while (i < value.length() && isPlain(value.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c);
    }

    private void escape(char c) {
        int known = "\b\f\n\r\t".indexOf(c);
        if (known >= 0) {
            out.append('\\').append("bfnrt".charAt(known));
        } else {
            out.append("\\u").append(Integer.toHexString(0x1_0000 | c), 1, 5);
        }
    }

    /** Half a surrogate pair cannot be sent as UTF-8. */
    private static boolean paired(String value, int i) {
        char c = value.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
