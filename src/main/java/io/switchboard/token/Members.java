package io.switchboard.token;

import io.switchboard.json.JsonReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The members of a JSON object, each as it is written; null counts as absent. Immutable.
 *
 * <p>What is not as it should be is an {@link IllegalArgumentException} or a {@link io.switchboard.json.JsonFault}; both
 * name members we know and quote nothing.
 */
final class Members {
    private static final String NULL = "null";
    private static final int MAX_PAYLOAD = 1024;
    private static final double LAST_SECOND = 253_402_300_799d; // of the year 9999

    private final Map<String, String> members;

    private Members(Map<String, String> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /** Reads one object and nothing after it; no name may stand there twice. */
    static Members read(String json) {
        JsonReader in = new JsonReader(json);
        Map<String, String> members = new LinkedHashMap<>();
        in.enter();
        while (in.next()) {
            if (members.putIfAbsent(in.name(), in.raw()) != null) {
                throw new IllegalArgumentException("a name stands twice in an object");
            }
        }
        requireEnd(in);
        return new Members(members);
    }

    /** Bytes that must be UTF-8. */
    static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }

    /** All names, also of what is null. */
    Set<String> names() {
        return members.keySet();
    }

    /** A value as it is written. */
    Optional<String> raw(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> !value.equals(NULL));
    }

    /** A string. */
    Optional<String> text(String name) {
        return raw(name).map(value -> string(value, name));
    }

    /** An object. */
    Optional<Members> object(String name) {
        return raw(name).map(Members::read);
    }

    /** An array of strings. */
    List<String> list(String name) {
        return raw(name).map(value -> strings(value, name)).orElse(List.of());
    }

    /** A string, or an array of strings. */
    List<String> oneOrMore(String name) {
        return raw(name)
                .map(value -> value.startsWith("\"") ? List.of(string(value, name)) : strings(value, name))
                .orElse(List.of());
    }

    /** A time in seconds since 1970, not before that and not after the year 9999; fractions are cut off. */
    OptionalLong time(String name) {
        Optional<String> value = raw(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        boolean number = value.get().charAt(0) >= '0' && value.get().charAt(0) <= '9';
        double seconds = number ? Double.parseDouble(value.get()) : -1;
        if (seconds < 0 || seconds > LAST_SECOND) {
            throw new IllegalArgumentException(name + " must be a time in seconds");
        }
        return OptionalLong.of((long) seconds);
    }

    /** JSON of at most 1,024 bytes, as it stands or, which has priority, in base64 under a name with b64 before it. */
    Optional<String> payload(String name) {
        Optional<String> coded = text("b64" + name).filter(text -> !text.isEmpty());
        Optional<String> json = coded.isPresent() ? coded.map(text -> decoded(text, name)) : raw(name);
        if (json.isPresent() && json.get().getBytes(StandardCharsets.UTF_8).length > MAX_PAYLOAD) {
            throw new IllegalArgumentException(name + " must be at most 1024 bytes");
        }
        return json.filter(value -> !value.equals(NULL));
    }

    private static String decoded(String base64, String name) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) { // its message quotes
            throw new IllegalArgumentException("b64" + name + " must be base64");
        }
        JsonReader in = new JsonReader(text(bytes));
        String json = in.raw();
        requireEnd(in);
        return json;
    }

    private static String string(String value, String name) {
        if (!value.startsWith("\"")) {
            throw new IllegalArgumentException(name + " must be a string");
        }
        return new JsonReader(value).string().orElseThrow();
    }

    private static List<String> strings(String value, String name) {
        List<String> strings = new ArrayList<>();
        JsonReader in = new JsonReader(value);
        in.enterArray();
        while (in.nextElement()) {
            strings.add(in.string().orElseThrow(() -> new IllegalArgumentException(name + " must hold no null")));
        }
        return strings;
    }

    private static void requireEnd(JsonReader in) {
        if (in.more()) {
            throw new IllegalArgumentException("something follows the JSON value");
        }
    }
}
