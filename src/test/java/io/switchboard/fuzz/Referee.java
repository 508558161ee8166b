package io.switchboard.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * What JSON-P finds in a text that is one JSON value.
 *
 * @param kind what the value begins with
 * @param depth levels of arrays and objects
 * @param number characters in the longest number
 * @param members members in the largest object
 * @param repeats whether an object has two members of one name
 */
record Referee(JsonParser.Event kind, int depth, int number, int members, boolean repeats) {
    private static final JsonParserFactory PARSERS = JsonProvider.provider().createParserFactory(Map.of());

    /** An array or object around the place that is read. */
    private static final class Level {
        private final Set<String> names = new HashSet<>();
        private int members;
    }

    /** What is in a text; empty if it is not one JSON value. */
    static Optional<Referee> read(String text) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            JsonParser.Event kind = parser.next();
            JsonParser.Event event = kind;
            Deque<Level> levels = new ArrayDeque<>();
            int depth = 0;
            int number = 0;
            int members = 0;
            boolean repeats = false;
            while (true) {
                switch (event) {
                    case START_ARRAY, START_OBJECT -> levels.push(new Level());
                    case END_ARRAY, END_OBJECT -> levels.pop();
                    case VALUE_NUMBER ->
                        number = Math.max(number, parser.getString().length());
                    case KEY_NAME -> {
                        members = Math.max(members, ++levels.element().members);
                        repeats |= !levels.element().names.add(parser.getString());
                    }
                    default -> {}
                }
                depth = Math.max(depth, levels.size());
                if (!parser.hasNext()) {
                    return Optional.of(new Referee(kind, depth, number, members, repeats));
                }
                event = parser.next();
            }
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            assertThat(e).hasMessageStartingWith("Input is too deeply nested"); // more than 1,000 levels
            return Optional.empty();
        }
    }

    /** The value of a text that {@link #read} took; empty if a number in it is beyond what JSON-P can hold. */
    static Optional<JsonValue> value(String text) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            parser.next();
            return Optional.of(parser.getValue());
        } catch (NumberFormatException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
