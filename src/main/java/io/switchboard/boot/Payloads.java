package io.switchboard.boot;

import io.switchboard.json.JsonBounds;
import io.switchboard.json.JsonFault;
import io.switchboard.json.JsonReader;
import io.switchboard.json.JsonWriter;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.util.Optional;

/** Makes payloads of objects and checks payloads that are JSON already. Thread-safe. */
final class Payloads {
    private Optional<Jsonb> binding = Optional.empty(); // guarded by this

    String of(Object value) {
        if (value instanceof CharSequence text) {
            return JsonWriter.quoted(text.toString());
        }
        return checked(jsonb().toJson(value));
    }

    /** The text, without raw line breaks; throws an {@link IllegalArgumentException} if it is not one JSON value. */
    String checked(String json) {
        try {
            JsonReader reader = new JsonReader(json, JsonBounds.APPLICATION);
            String value = reader.raw();
            if (reader.more()) {
                throw new IllegalArgumentException("more than one JSON value");
            }
            return value;
        } catch (JsonFault fault) {
            throw new IllegalArgumentException("not JSON: " + fault.getMessage(), fault);
        }
    }

    /** Made once and late: making one costs a look-up through the whole class path. */
    private synchronized Jsonb jsonb() {
        Jsonb jsonb = binding.orElseGet(JsonbBuilder::create);
        binding = Optional.of(jsonb);
        return jsonb;
    }
}
