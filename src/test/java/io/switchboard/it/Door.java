package io.switchboard.it;

/** The ways in for one and the same dialect. */
enum Door {
    WEBSOCKET(LiveClient.PATH),
    STREAM("/connection/http_stream"),
    EVENTS("/connection/sse"),
    LONG_POLL(LongPollLine.PATH);

    private final String path;

    Door(String path) {
        this.path = path;
    }

    /** Where it is, below the context path. */
    String path() {
        return path;
    }

    /** A line through it, with pairs of a header's name and value. */
    Line open(Site site, Inbox inbox, String... headers) {
        return switch (this) {
            case WEBSOCKET -> SocketLine.open(site, inbox, headers);
            case STREAM -> new StreamLine(site, inbox, path, false, headers);
            case EVENTS -> new StreamLine(site, inbox, path, true, headers);
            case LONG_POLL -> new LongPollLine(site, inbox, headers);
        };
    }
}
