package io.switchboard.oneway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.message.Position;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a client stands in its channels, as the id of an event: {@code channel=offset:epoch}, joined by {@code &}. Not
 * thread-safe.
 */
final class Positions {
    private final Map<String, String> entries = new LinkedHashMap<>();

    /** One channel's part of an id. */
    static String entry(String channel, Position at) {
        return URLEncoder.encode(channel, UTF_8) + "=" + at.offset() + ":" + URLEncoder.encode(at.epoch(), UTF_8);
    }

    /** Reads an id; empty if it is none of ours. */
    static Optional<Map<String, Position>> read(String id) {
        Map<String, Position> positions = new LinkedHashMap<>();
        try {
            for (String entry : id.split("&", -1)) {
                int name = entry.indexOf('=');
                int number = entry.indexOf(':', name);
                if (name < 1 || number < 0) {
                    return Optional.empty();
                }
                long offset = Long.parseLong(entry, name + 1, number, 10);
                if (offset < 0) {
                    return Optional.empty();
                }
                positions.put(
                        URLDecoder.decode(entry.substring(0, name), UTF_8),
                        new Position(URLDecoder.decode(entry.substring(number + 1), UTF_8), offset));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(positions);
    }

    /** The id of where the client stands once one of its channels stands there. */
    String after(String entry) {
        entries.put(entry.substring(0, entry.indexOf('=')), entry);
        return String.join("&", entries.values());
    }
}
