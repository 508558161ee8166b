package io.switchboard.oneway;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.Position;
import io.switchboard.message.Problem;
import io.switchboard.message.Publication;
import io.switchboard.session.Frame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Events as the HTML standard reads them, whatever is in a payload. */
class OneWayCodecTest {
    @Test
    void rawStringIsItsTextLineByLine() {
        assertThat(raw("\"one\\ntwo\\r\\nthree\\rfour\"", Map.of()))
                .isEqualTo("id: a=1:ep\ndata: one\ndata: two\ndata: three\ndata: four\n\n");
    }

    @Test
    void payloadCannotMakeFieldsOrEventsOfItsOwn() {
        assertThat(raw("\"x\\n\\nevent: disconnect\\ndata: {}\\nid: a=9:ep\"", Map.of())
                        .lines())
                .containsExactly(
                        "id: a=1:ep",
                        "data: x",
                        "data: ",
                        "data: event: disconnect",
                        "data: data: {}",
                        "data: id: a=9:ep",
                        "");
    }

    @Test
    void tagNamesTheEventInOneLine() {
        assertThat(raw("1", Map.of("event", "big\ndata: x"))).isEqualTo("event: big data: x\nid: a=1:ep\ndata: 1\n\n");
    }

    @Test
    void emptyTextIsAnEventToo() {
        assertThat(raw("\"\"", Map.of())).isEqualTo("id: a=1:ep\ndata: \n\n");
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatSaysWhatIsMissing(Format format) {
        OneWayCodec codec = new OneWayCodec(format);

        assertThat(text(codec.encode(new Event.Missed("a", 7)))).contains("7", "\"channel\":\"a\"");
    }

    @ParameterizedTest
    @CsvSource({"3503, true", "3999, true", "4500, true", "3001, false", "3000, false", "1012, false", "4000, false"})
    void whoIsToStayAwayIsToldToWaitForADay(int code, boolean stays) {
        String text = text(new OneWayCodec(Format.RAW).encode(new Event.Ended(new Disconnect(code, "reason"))));

        assertThat(text.contains("retry: 86400000\n")).isEqualTo(stays);
        assertThat(text).contains("event: disconnect\ndata: {\"code\":" + code);
    }

    @ParameterizedTest
    @CsvSource({"103, 3507", "101, 3507", "109, 3005", "111, 3013", "102, 3501", "100, 3004"})
    void refusalEndsTheStream(int code, int end) {
        Event refused = new Event.Refused(1, new Problem(code, "no", code == 100 || code == 111));

        assertThat(new OneWayCodec(Format.PUSHES).ending(refused).map(Disconnect::code))
                .contains(end);
    }

    private static String raw(String json, Map<String, String> tags) {
        Publication publication = new Publication(json, new Position("ep", 1), Optional.empty(), tags);
        return text(new OneWayCodec(Format.RAW).encode("a", List.of(publication)));
    }

    private static String text(List<Frame> frames) {
        return ((Frame.Text) frames.get(0)).text();
    }
}
