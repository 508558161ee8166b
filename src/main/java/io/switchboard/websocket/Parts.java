package io.switchboard.websocket;

/** The parts of a text message that have come so far. Confined to whoever its container calls the endpoint with. */
final class Parts {
    private final StringBuilder text = new StringBuilder();

    /** Takes a part; false, and the part is dropped, if the whole would have more characters than this. */
    boolean add(String part, int most) {
        boolean fits = text.length() + part.length() <= most;
        if (fits) {
            text.append(part);
        }
        return fits;
    }

    String text() {
        return text.toString();
    }
}
