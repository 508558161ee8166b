package io.switchboard.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.Command;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Position;
import io.switchboard.message.Problem;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as the official clients write them, and what is none. */
class NativeReaderTest {
    private final NativeReader reader = new NativeReader(3);

    @Test
    void commandsOfTheOfficialClientAreUnderstood() {
        assertThat(command("{\"connect\":{\"token\":\"T\",\"data\":{\"a\":1},\"name\":\"app\",\"version\":\"1.2\","
                        + "\"headers\":{\"X-A\":\"b\"}},\"id\":1}"))
                .isEqualTo(new Command.Connect(1, Optional.of("T"), Map.of()));
        assertThat(command("{\"subscribe\":{\"channel\":\"a\",\"positioned\":true,\"recoverable\":true,"
                        + "\"join_leave\":true,\"flag\":1,\"recover\":true,\"offset\":3,\"epoch\":\"e\"},\"id\":2}"))
                .isEqualTo(new Command.Subscribe(
                        2, "a", Optional.empty(), Optional.of(new Position("e", 3)), true, false, Optional.empty()));
        assertThat(command("{\"history\":{\"channel\":\"a\",\"since\":{\"offset\":3,\"epoch\":\"e\"},\"limit\":5,"
                        + "\"reverse\":true},\"id\":3}"))
                .isEqualTo(new Command.History(3, "a", 5, Optional.of(new Position("e", 3)), true));
        assertThat(command("{\"send\":{\"data\":{\"s\":1}}}")).isEqualTo(new Command.Send());
        assertThat(command("{}")).isEqualTo(new Command.Pong());
        assertThat(command("{\"rpc\":{\"method\":\"m\",\"data\":null},\"id\":4}"))
                .isEqualTo(new Command.Call(4, "m"));
        assertThat(command("{\"publish\":{\"channel\":\"a\",\"data\":null,\"sb_key\":\"k\"},\"id\":5}"))
                .isEqualTo(new Command.Publish(5, "a", Optional.of("null"), Optional.of("k")));
    }

    @Test
    void nullIsTheSameAsNotThere() {
        assertThat(command("{\"subscribe\":{\"channel\":\"a\",\"token\":null,\"recover\":null,\"offset\":null,"
                        + "\"tf\":null,\"type\":null},\"id\":2}"))
                .isEqualTo(new Command.Subscribe(
                        2, "a", Optional.empty(), Optional.empty(), false, false, Optional.empty()));
        assertThat(command("{\"history\":{\"channel\":\"a\",\"since\":null},\"id\":2}"))
                .isEqualTo(new Command.History(2, "a", 0, Optional.empty(), false));
    }

    @Test
    void ofSeveralMembersWithOneNameTheLastCounts() {
        assertThat(command("{\"id\":1,\"subscribe\":{\"channel\":\"a\",\"channel\":\"b\",\"join_leave\":true,"
                        + "\"join_leave\":false,\"recover\":true,\"recover\":null,\"token\":\"t\",\"token\":null,"
                        + "\"type\":1,\"type\":null,\"tf\":{},\"tf\":null},\"id\":2}"))
                .isEqualTo(new Command.Subscribe(
                        2, "b", Optional.empty(), Optional.empty(), false, false, Optional.empty()));
        assertThat(command("{\"id\":1,\"history\":{\"channel\":\"a\",\"since\":{\"offset\":1,\"offset\":2},"
                        + "\"since\":null,\"limit\":5,\"limit\":6}}"))
                .isEqualTo(new Command.History(1, "a", 6, Optional.empty(), false));
        assertThat(command("{\"id\":1,\"publish\":{\"channel\":\"a\",\"data\":1,\"data\":{\"b\":1,\"b\":2}}}"))
                .isEqualTo(new Command.Publish(1, "a", Optional.of("{\"b\":1,\"b\":2}"), Optional.empty()));
    }

    @Test
    void wishesThatChangeTheMeaningAreNotIgnored() {
        assertThat(((Command.Subscribe) command("{\"subscribe\":{\"channel\":\"a\",\"type\":1},\"id\":2}"))
                        .unsupported())
                .contains(Problem.NOT_AVAILABLE);
        assertThat(((Command.Subscribe) command("{\"subscribe\":{\"channel\":\"a\",\"tf\":{\"key\":\"k\"}},\"id\":2}"))
                        .unsupported())
                .contains(Problem.BAD_REQUEST);
        assertThat(((Command.Subscribe) command("{\"subscribe\":{\"channel\":\"a\",\"flag\":3},\"id\":2}"))
                        .refuseUnrecovered())
                .isTrue();
    }

    @Test
    void aFrameHoldsSeveralCommandsInTheirOrder() {
        assertThat(reader.read("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"presence\":{\"channel\":\"a\"}}\n")
                        .commands())
                .hasSize(2);
        assertThat(reader.read("{}\n{}\n{}\n{}\n{}\n{}\n").commands()).hasSize(4); // one more than allowed tells enough
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "1",
                "x",
                "{\"id\":1}",
                "{\"id\":1,\"ping\":{}}",
                "{\"id\":1,\"nothing\":{}}",
                "{\"connect\":{}}",
                "{\"id\":0,\"connect\":{}}",
                "{\"id\":-1,\"connect\":{}}",
                "{\"id\":9223372036854775808,\"connect\":{}}",
                "{\"id\":1.5,\"connect\":{}}",
                "{\"id\":\"1\",\"connect\":{}}",
                "{\"id\":1,\"connect\":[]}",
                "{\"id\":1,\"connect\":{},\"presence\":{\"channel\":\"a\"}}",
                "{\"id\":1,\"subscribe\":{}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"\"}}",
                "{\"id\":1,\"subscribe\":{\"channel\":5}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"a\",\"offset\":-1}}",
                "{\"id\":1,\"connect\":{}}{",
                "{\"id\":1,\"connect\":{}},{\"id\":2,\"connect\":{}}"
            })
    void whatIsNoCommandMakesTheFrameUnreadable(String frame) {
        assertThat(reader.read(frame)).isEqualTo(Received.unreadable(Disconnect.BAD_REQUEST));
    }

    private Command command(String frame) {
        Received received = reader.read(frame);
        assertThat(received.fault()).isEmpty();
        assertThat(received.commands()).hasSize(1);
        return received.commands().get(0);
    }
}
