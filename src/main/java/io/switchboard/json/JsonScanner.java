package io.switchboard.json;

/**
 * Checks JSON text character by character, without recursion and without making objects but for strings.
 *
 * <p>Not thread-safe.
 */
final class JsonScanner {
    private final String text;
    private final JsonBounds bounds;
    private int at;

    JsonScanner(String text, JsonBounds bounds) {
        this.text = text;
        this.bounds = bounds;
    }

    int position() {
        return at;
    }

    JsonFault fault(String what) {
        return new JsonFault(what, at);
    }

    int skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    boolean accept(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char wanted) {
        if (!accept(wanted)) {
            throw fault("'" + wanted + "' expected");
        }
    }

    void word(String wanted) {
        if (!text.startsWith(wanted, at)) {
            throw fault("value expected");
        }
        at += wanted.length();
    }

    /** A string, unescaped. */
    String string() {
        int start = at + 1;
        boolean escaped = passString();
        String content = text.substring(start, at - 1);
        return escaped ? unescape(content) : content;
    }

    void number() {
        int start = at;
        accept('-');
        if (!accept('0')) {
            digits();
        }
        if (accept('.')) {
            digits();
        }
        if (accept('e') || accept('E')) {
            if (!accept('+')) {
                accept('-');
            }
            digits();
        }
        if (at - start > bounds.number()) {
            throw fault("number too long");
        }
    }

    /** Any one value. */
    void value() {
        boolean[] inObject = new boolean[bounds.depth()];
        int[] members = new int[bounds.depth()];
        int depth = 0;
        while (true) {
            skipSpace();
            if (depth > 0 && members[depth - 1] == 0 && accept(inObject[depth - 1] ? '}' : ']')) {
                depth--;
            } else {
                if (depth > 0) {
                    enterMember(inObject[depth - 1], ++members[depth - 1]);
                }
                char c = peek();
                if (c == '{' || c == '[') {
                    if (depth == bounds.depth()) {
                        throw fault("nested too deeply");
                    }
                    at++;
                    inObject[depth] = c == '{';
                    members[depth++] = 0;
                    continue;
                }
                scalar(c);
            }
            // a value has ended: so may the arrays and objects around it
            while (depth > 0) {
                skipSpace();
                if (accept(',')) {
                    break;
                }
                expect(inObject[depth - 1] ? '}' : ']');
                depth--;
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private void enterMember(boolean object, int count) {
        if (!object) {
            return;
        }
        if (count > bounds.members()) {
            throw fault("too many members");
        }
        passString();
        skipSpace();
        expect(':');
        skipSpace();
    }

    private void scalar(char c) {
        switch (c) {
            case '"' -> passString();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    /** Passes a string; whether something in it was escaped. */
    private boolean passString() {
        expect('"');
        boolean escaped = false;
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return escaped;
            } else if (c < ' ') {
                throw fault("control character in a string");
            } else if (c == '\\') {
                escaped = true;
                passEscape();
            }
        }
    }

    private void passEscape() {
        char c = peek();
        at++;
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                if (Character.digit(peek(), 16) < 0 || peek() > 'f') {
                    throw fault("hexadecimal digit expected");
                }
                at++;
            }
        } else if ("\"\\/bfnrt".indexOf(c) < 0) {
            throw fault("unknown escape");
        }
    }

    private static String unescape(String content) {
        StringBuilder plain = new StringBuilder(content.length());
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char code = content.charAt(++i);
            if (code == 'u') {
                plain.append((char) Integer.parseInt(content, i + 1, i + 5, 16));
                i += 4;
            } else {
                int known = "bfnrt".indexOf(code);
                plain.append(known < 0 ? code : "\b\f\n\r\t".charAt(known));
            }
        }
        return plain.toString();
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw fault("digit expected");
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw fault("unexpected end");
        }
        return text.charAt(at);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
