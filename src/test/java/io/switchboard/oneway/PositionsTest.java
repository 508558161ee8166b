package io.switchboard.oneway;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.Position;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a client stands, in one line. */
class PositionsTest {
    @Test
    void idNamesEveryChannelAndIsReadBack() {
        Positions positions = new Positions();
        positions.after(Positions.entry("chat:a&b=c%", new Position("eins", 1)));
        positions.after(Positions.entry("quotes:X:Y", new Position("zwei", 7)));

        String id = positions.after(Positions.entry("chat:a&b=c%", new Position("eins", 2)));

        assertThat(id).doesNotContain(" ", "\n");
        assertThat(Positions.read(id))
                .contains(Map.of("chat:a&b=c%", new Position("eins", 2), "quotes:X:Y", new Position("zwei", 7)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "a",
                "a=7",
                "=7:ep",
                "a=-1:ep",
                "a=x:ep",
                "a=9223372036854775808:ep",
                "a=1:%zz",
                "a=1:ep&"
            })
    void whatWeDidNotGiveIsNotRead(String id) {
        assertThat(Positions.read(id)).isEmpty();
    }
}
