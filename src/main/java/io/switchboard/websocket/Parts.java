package io.switchboard.websocket;

/** The parts of a text message that have come so far. Confined to whoever its container calls the endpoint with. */
final class Parts {
    private StringBuilder text = new StringBuilder();
    private boolean overflown;

    /** Takes a part; false, now and for ever, once the whole would have more characters than this. */
    boolean add(String part, int most) {
        if (overflown || text.length() + part.length() > most) {
            overflown = true;
            text = new StringBuilder();
            return false;
        }
        text.append(part);
        return true;
    }

    String text() {
        return text.toString();
    }
}
