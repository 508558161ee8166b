package io.switchboard.json;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Own reader and JSON-P agree on generated text: what one takes the other takes, with the same value. */
class JsonRefereeTest {
    private static final JsonParserFactory REFEREE = JsonProvider.provider().createParserFactory(Map.of());
    private static final String[] SCALARS = {
        "null", "true", "false", "0", "-1", "12.5", "1e5", "-0.1E-2", "\"\"", "\"x\"", "\"\\n\\u4e2d\"", "\"回\""
    };
    private static final String NOISE = "{}[]:,\"\\ntrue0123-+.eE \t";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void bothTakeTheSame(long seed) {
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            generate(random, text, 0);
            for (int cuts = random.nextInt(3); cuts > 0; cuts--) {
                damage(random, text);
            }
            boolean ours = takes(text.toString());
            assertThat(ours).as("seed %d: %s", seed, text).isEqualTo(refereeTakes(text.toString()));
            taken += ours ? 1 : 0;
        }
        assertThat(taken).isBetween(1_000, 4_900);
    }

    private static boolean takes(String text) {
        try {
            JsonReader reader = new JsonReader(text);
            reader.raw();
            return !reader.more();
        } catch (JsonFault fault) {
            return false;
        }
    }

    private static boolean refereeTakes(String text) {
        try (JsonParser parser = REFEREE.createParser(new StringReader(text))) {
            parser.next();
            parser.getValue();
            return !parser.hasNext();
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            return false;
        }
    }

    private static void generate(Random random, StringBuilder out, int depth) {
        int kind = random.nextInt(depth < 4 ? 4 : 2);
        if (kind < 2) {
            out.append(SCALARS[random.nextInt(SCALARS.length)]);
            return;
        }
        boolean object = kind == 2;
        out.append(object ? '{' : '[');
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ",");
            if (object) {
                out.append("\"k").append(i).append("\":");
            }
            generate(random, out, depth + 1);
        }
        out.append(object ? '}' : ']');
    }

    private static void damage(Random random, StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        char noise = NOISE.charAt(random.nextInt(NOISE.length()));
        if (random.nextBoolean() || at == text.length()) {
            text.insert(at, noise);
        } else {
            text.setCharAt(at, noise);
        }
    }
}
