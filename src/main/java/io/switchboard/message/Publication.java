package io.switchboard.message;

import java.util.Map;
import java.util.Optional;

/**
 * What was said in a channel.
 *
 * @param data the payload: one JSON value without raw line breaks, never looked into
 * @param at its place in the channel's stream, {@link Position#UNKNOWN} where no history is kept
 * @param info the client who published it; empty if application code did
 * @param tags small notes beside the payload, seen by subscribers
 */
public record Publication(String data, Position at, Optional<ClientInfo> info, Map<String, String> tags)
        implements News {
    /** The tag that names what a publication is the latest value of. */
    public static final String KEY = "key";

    private static final int ENVELOPE_SIZE = 96;

    /** Takes its own copy of the tags. */
    public Publication {
        tags = Map.copyOf(tags);
    }

    /** A publication that has no number yet. */
    public static Publication of(String data) {
        return new Publication(data, Position.UNKNOWN, Optional.empty(), Map.of());
    }

    /** The same publication at a place in a stream. */
    public Publication at(Position place) {
        return new Publication(data, place, info, tags);
    }

    /** Its number in the stream, 0 where no history is kept. */
    public long offset() {
        return at.offset();
    }

    /** What this is the latest value of: its tag {@value #KEY}, or empty, which is a key of its own. */
    public String key() {
        return tags.getOrDefault(KEY, "");
    }

    @Override
    public int size() {
        int size = ENVELOPE_SIZE + data.length() + (info.isPresent() ? MEMBER_SIZE : 0);
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            size += tag.getKey().length() + tag.getValue().length();
        }
        return size;
    }
}
