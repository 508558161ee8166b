package io.switchboard.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchboard.json.JsonBounds;
import io.switchboard.json.JsonFault;
import io.switchboard.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.stream.JsonParser;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The JSON reader and JSON-P agree on any text, but for the bounds that only the former has. */
class ScannerFuzzTest {
    private static final int BYTES_PER_CHARACTER = 64;

    @FuzzTest
    void takesWhatIsJsonWithinItsBoundsAndHandsItOutAsItIs(byte[] bytes) {
        String text = Fuzzing.text(bytes);
        Optional<Referee> referee = Referee.read(text);

        for (JsonBounds bounds : new JsonBounds[] {JsonBounds.CLIENT, JsonBounds.APPLICATION}) {
            boolean good = referee.filter(found -> found.depth() <= bounds.depth()
                            && found.number() <= bounds.number()
                            && found.members() <= bounds.members())
                    .isPresent();
            Optional<String> raw = only(text, bounds, JsonReader::raw);

            assertThat(raw.isPresent()).as(text).isEqualTo(good);
            assertThat(only(text, bounds, in -> {
                                in.skip();
                                return "";
                            })
                            .isPresent())
                    .as(text)
                    .isEqualTo(good);
            raw.ifPresent(slice -> isTheValueOf(text, slice));
        }

        referee.ifPresent(found -> scalarsAreTheSame(text, found));
        everyValueOfAFrameEnds(text);
    }

    /** What is read from a text; empty if that is not all that is in it. */
    private static <T> Optional<T> only(String text, JsonBounds bounds, Function<JsonReader, T> read) {
        return Fuzzing.bounded(text.length(), BYTES_PER_CHARACTER, () -> {
            try {
                JsonReader in = new JsonReader(text, bounds);
                T result = read.apply(in);
                return in.more() ? Optional.empty() : Optional.of(result);
            } catch (JsonFault fault) {
                return Optional.empty();
            }
        });
    }

    private static void isTheValueOf(String text, String slice) {
        int start = 0;
        int end = text.length();
        while (" \t\r\n".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (" \t\r\n".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String plain = text.substring(start, end);
        assertThat(slice).isEqualTo(plain.replace("\r", "").replace("\n", ""));
        if (!slice.equals(plain)) {
            assertThat(Referee.value(slice)).isEqualTo(Referee.value(text));
        }
    }

    private static void scalarsAreTheSame(String text, Referee found) {
        Optional<Optional<String>> string = only(text, JsonBounds.CLIENT, JsonReader::string);
        Optional<Long> integer = only(text, JsonBounds.CLIENT, JsonReader::integer);
        Optional<Boolean> bool = only(text, JsonBounds.CLIENT, JsonReader::bool);

        JsonParser.Event kind = found.kind();
        boolean empty = kind == JsonParser.Event.VALUE_NULL;
        boolean truth = kind == JsonParser.Event.VALUE_TRUE;
        assertThat(string)
                .isEqualTo(
                        kind == JsonParser.Event.VALUE_STRING
                                ? Referee.value(text).map(value -> Optional.of(((JsonString) value).getString()))
                                : empty ? Optional.of(Optional.empty()) : Optional.empty());
        OptionalLong whole = empty
                ? OptionalLong.of(0)
                : kind == JsonParser.Event.VALUE_NUMBER ? whole(text.strip()) : OptionalLong.empty();
        assertThat(integer).isEqualTo(whole.isPresent() ? Optional.of(whole.getAsLong()) : Optional.empty());
        assertThat(bool)
                .isEqualTo(
                        truth || empty || kind == JsonParser.Event.VALUE_FALSE ? Optional.of(truth) : Optional.empty());
        assertThat(only(text, JsonBounds.CLIENT, JsonReader::natural)).isEqualTo(integer.filter(number -> number >= 0));
    }

    private static OptionalLong whole(String number) {
        if (number.length() > JsonBounds.CLIENT.number() || !number.matches("-?[0-9]+")) {
            return OptionalLong.empty();
        }
        BigInteger value = new BigInteger(number);
        return value.bitLength() < Long.SIZE ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }

    private static void everyValueOfAFrameEnds(String text) {
        int read = 0;
        try {
            JsonReader in = new JsonReader(text);
            while (in.more()) {
                String value = in.raw();
                assertThat(value).isNotEmpty();
                read += value.length();
            }
        } catch (JsonFault fault) {
            assertThat(fault).hasMessageMatching("[-a-zA-Z' {}:,\"\\[\\]]+ at \\d+");
        }
        assertThat(read).isLessThanOrEqualTo(text.length());
    }
}
