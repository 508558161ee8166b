package io.switchboard.stream;

import io.switchboard.session.Codec;

/** How an endless answer is written. */
record Dialect(String contentType, String beginning, Codec codec) {
    /** One reply or push to a line. */
    static final Dialect LINES =
            new Dialect("application/json;charset=UTF-8", "", new DressedCodec(lines -> lines + "\n"));

    /**
     * Server-sent events (HTML standard, section 9.2), one for each frame. The comment at the beginning makes proxies and virus
     * scanners that look at the first kilobytes let go of it; the empty line in front is what clients take for the opening.
     */
    static final Dialect EVENTS = new Dialect(
            "text/event-stream;charset=UTF-8",
            "\r\n:" + " ".repeat(2_048) + "\n\n",
            new DressedCodec(lines -> "data: " + lines.replace("\n", "\ndata: ") + "\n\n"));
}
