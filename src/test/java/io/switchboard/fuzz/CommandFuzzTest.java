package io.switchboard.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchboard.json.NativeReader;
import io.switchboard.json.Received;
import io.switchboard.message.Command;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Position;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any frame of the native dialect is either unreadable or a list of commands that obey the protocol's rules. */
class CommandFuzzTest {
    private static final int MAX_COMMANDS = 64;
    private static final int BYTES_PER_CHARACTER = 128;
    private static final NativeReader READER = new NativeReader(MAX_COMMANDS);
    private static final String GOOD = "{\"id\":7,\"unsubscribe\":{\"channel\":\"a:b\"}}";
    private static final List<Command> GOOD_COMMANDS = List.of(new Command.Unsubscribe(7, "a:b"));
    private static final Map<String, Class<? extends Command>> KINDS = Map.ofEntries(
            Map.entry("connect", Command.Connect.class),
            Map.entry("subscribe", Command.Subscribe.class),
            Map.entry("unsubscribe", Command.Unsubscribe.class),
            Map.entry("publish", Command.Publish.class),
            Map.entry("presence", Command.Presence.class),
            Map.entry("presence_stats", Command.PresenceStats.class),
            Map.entry("history", Command.History.class),
            Map.entry("rpc", Command.Call.class),
            Map.entry("send", Command.Send.class),
            Map.entry("refresh", Command.Refresh.class),
            Map.entry("sub_refresh", Command.SubRefresh.class));

    @FuzzTest
    void aFrameIsUnreadableOrItsCommandsObeyTheRules(byte[] bytes) {
        String frame = Fuzzing.text(bytes);

        Received received = Fuzzing.bounded(frame.length(), BYTES_PER_CHARACTER, () -> READER.read(frame));

        assertThat(READER.read(frame)).isEqualTo(received);
        if (received.fault().isPresent()) {
            assertThat(received).isEqualTo(Received.unreadable(Disconnect.BAD_REQUEST));
            // behind a good one it is as bad, unless that one is what makes them too many to go on reading
            Received behind = READER.read(GOOD + "\n" + frame);
            assertThat(behind.fault().isPresent() || behind.commands().size() > MAX_COMMANDS)
                    .isTrue();
            return;
        }
        assertThat(received.commands()).hasSizeLessThanOrEqualTo(MAX_COMMANDS + 1);
        received.commands().forEach(CommandFuzzTest::obeys);
        assertThat(READER.read(GOOD + "\n" + frame)).isEqualTo(both(GOOD_COMMANDS, received.commands()));
        assertThat(READER.read(frame + "\n" + GOOD)).isEqualTo(both(received.commands(), GOOD_COMMANDS));
        assertThat(READER.read(frame + "\n" + frame)).isEqualTo(both(received.commands(), received.commands()));
        Referee.read(frame)
                .filter(found -> found.kind() == JsonParser.Event.START_OBJECT && !found.repeats())
                .flatMap(found -> Referee.value(frame))
                .ifPresent(value -> isWhatJsonPReads(received.commands(), value.asJsonObject()));
    }

    private static Received both(List<Command> some, List<Command> others) {
        List<Command> all = new ArrayList<>(some);
        all.addAll(others);
        return new Received(all.subList(0, Math.min(all.size(), MAX_COMMANDS + 1)), Optional.empty());
    }

    private static void obeys(Command command) {
        if (command instanceof Command.Pong) {
            assertThat(command.id()).isZero();
        } else if (!(command instanceof Command.Send)) {
            assertThat(command.id()).isPositive();
        }
        channel(command).ifPresent(channel -> assertThat(channel).isNotEmpty());
        if (command instanceof Command.Connect connect) {
            assertThat(connect.token()).isNotEqualTo(Optional.of(""));
        } else if (command instanceof Command.Subscribe subscribe) {
            assertThat(subscribe.token()).isNotEqualTo(Optional.of(""));
            subscribe.since().ifPresent(CommandFuzzTest::obeys);
        } else if (command instanceof Command.History history) {
            assertThat(history.limit()).isGreaterThanOrEqualTo(-1);
            history.since().ifPresent(CommandFuzzTest::obeys);
        } else if (command instanceof Command.Publish publish) {
            publish.key().ifPresent(key -> assertThat(key).hasSizeBetween(1, 255));
            publish.data().ifPresent(data -> {
                assertThat(data).doesNotContain("\n", "\r");
                assertThat(Referee.read(data)).as(data).isPresent();
            });
        }
    }

    private static void obeys(Position since) {
        assertThat(since.offset()).isNotNegative();
    }

    private static void isWhatJsonPReads(List<Command> commands, JsonObject object) {
        List<String> names = object.keySet().stream().filter(KINDS::containsKey).toList();

        assertThat(commands).hasSize(1);
        Command command = commands.get(0);
        if (names.isEmpty()) {
            assertThat(command).isEqualTo(new Command.Pong());
            return;
        }
        assertThat(names).hasSize(1);
        assertThat(command).isExactlyInstanceOf(KINDS.get(names.get(0)));
        if (!(command instanceof Command.Send)) {
            assertThat(command.id()).isEqualTo(((JsonNumber) object.get("id")).longValueExact());
        }
        JsonObject fields = object.getJsonObject(names.get(0));
        channel(command).ifPresent(channel -> assertThat(channel).isEqualTo(text(fields, "channel")));
        if (command instanceof Command.Publish publish && publish.data().isPresent()) {
            assertThat(Referee.value(publish.data().get())).contains(fields.get("data"));
        } else if (command instanceof Command.Call call) {
            assertThat(call.method()).isEqualTo(text(fields, "method"));
        } else if (command instanceof Command.Connect connect) {
            assertThat(connect.token().orElse("")).isEqualTo(text(fields, "token"));
        }
    }

    private static String text(JsonObject fields, String name) {
        JsonValue value = fields.getOrDefault(name, JsonValue.NULL);
        return value instanceof JsonString string ? string.getString() : "";
    }

    private static Optional<String> channel(Command command) {
        if (command instanceof Command.Subscribe subscribe) {
            return Optional.of(subscribe.channel());
        } else if (command instanceof Command.Unsubscribe unsubscribe) {
            return Optional.of(unsubscribe.channel());
        } else if (command instanceof Command.Publish publish) {
            return Optional.of(publish.channel());
        } else if (command instanceof Command.Presence presence) {
            return Optional.of(presence.channel());
        } else if (command instanceof Command.PresenceStats stats) {
            return Optional.of(stats.channel());
        } else if (command instanceof Command.History history) {
            return Optional.of(history.channel());
        } else if (command instanceof Command.SubRefresh refresh) {
            return Optional.of(refresh.channel());
        }
        return Optional.empty();
    }
}
