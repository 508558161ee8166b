package io.switchboard.it;

/** The ways in for one and the same dialect. */
enum Door {
    WEBSOCKET,
    STREAM,
    EVENTS,
    LONG_POLL;

    /** A line through it, with pairs of a header's name and value. */
    Line open(Site site, Inbox inbox, String... headers) {
        return switch (this) {
            case WEBSOCKET -> SocketLine.open(site, inbox, headers);
            case STREAM -> new StreamLine(site, inbox, "/connection/http_stream", false, headers);
            case EVENTS -> new StreamLine(site, inbox, "/connection/sse", true, headers);
            case LONG_POLL -> new LongPollLine(site, inbox, headers);
        };
    }
}
