package io.switchboard.stream;

import io.switchboard.json.NativeCodec;
import io.switchboard.session.Codec;

/** How an endless answer is written. */
enum Dialect {
    /** One reply or push to a line. */
    LINES("application/json;charset=UTF-8", "") {
        @Override
        Codec codec() {
            return LINES_CODEC;
        }
    },

    /**
     * Server-sent events (HTML standard, section 9.2), one for each frame. The comment at the beginning makes proxies and virus
     * scanners that look at the first kilobytes let go of it; the empty line in front is what clients take for the opening.
     */
    EVENTS("text/event-stream;charset=UTF-8", "\r\n:" + " ".repeat(2_048) + "\n\n") {
        @Override
        Codec codec() {
            return EVENTS_CODEC;
        }
    };

    private static final Codec LINES_CODEC = new DressedCodec(new NativeCodec()) {
        @Override
        String dress(String lines) {
            return lines + "\n";
        }
    };

    private static final Codec EVENTS_CODEC = new DressedCodec(new NativeCodec()) {
        @Override
        String dress(String lines) {
            return "data: " + lines.replace("\n", "\ndata: ") + "\n\n";
        }
    };

    private final String contentType;
    private final String beginning;

    Dialect(String contentType, String beginning) {
        this.contentType = contentType;
        this.beginning = beginning;
    }

    abstract Codec codec();

    String contentType() {
        return contentType;
    }

    String beginning() {
        return beginning;
    }
}
