package io.switchboard.json;

import io.switchboard.message.Command;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the commands of the Centrifuge client protocol, version 2, in JSON: one or more objects in a frame, white space
 * between them. Unknown members are ignored, except those that change the meaning of the command.
 *
 * <p>Stateless, thread-safe.
 */
public final class NativeReader {
    /** Bit of a subscribe command's flag: refuse with an error rather than say "not recovered". */
    private static final long REFUSE_UNRECOVERED = 2;

    private final int maxCommands;

    /** Reads at most this many commands from a frame, and one more if there are more. */
    public NativeReader(int maxCommands) {
        this.maxCommands = maxCommands;
    }

    /** The commands in a frame; what is not in the protocol makes the whole frame unreadable. */
    public Received read(String frame) {
        List<Command> commands = new ArrayList<>();
        try {
            JsonReader in = new JsonReader(frame);
            while (in.more() && commands.size() <= maxCommands) {
                commands.add(command(in));
            }
        } catch (JsonFault fault) {
            return Received.unreadable(Disconnect.BAD_REQUEST);
        }
        return new Received(commands, Optional.empty());
    }

    /** The fields of a connect command alone, as one-way clients send them; empty if they are no such thing. */
    public static Optional<Command.Connect> readConnect(String text) {
        try {
            JsonReader in = new JsonReader(text);
            Fields fields = Fields.read("connect", in);
            return in.more()
                    ? Optional.empty()
                    : Optional.of(new Command.Connect(1, fields.token(), fields.subscriptions()));
        } catch (JsonFault fault) {
            return Optional.empty();
        }
    }

    private static Command command(JsonReader in) {
        long id = 0;
        Optional<Fields> fields = Optional.empty();
        in.enter();
        while (in.next()) {
            String name = in.name();
            if (name.equals("id")) {
                id = in.natural();
            } else if (Fields.COMMANDS.contains(name)) {
                require(fields.isEmpty()); // two commands in one object
                fields = Optional.of(Fields.read(name, in));
            } else {
                in.skip();
            }
        }
        if (fields.isEmpty()) {
            require(id == 0); // an empty object is a pong, but a command without a name is nothing
            return new Command.Pong();
        }
        boolean answered = !fields.get().command().equals("send");
        require(id > 0 || !answered);
        return command(id, fields.get());
    }

    private static Command command(long id, Fields f) {
        return switch (f.command()) {
            case "connect" -> new Command.Connect(id, f.token(), f.subscriptions());
            case "subscribe" -> subscribe(id, f);
            case "unsubscribe" -> new Command.Unsubscribe(id, channel(f));
            case "publish" -> publish(id, f);
            case "presence" -> new Command.Presence(id, channel(f));
            case "presence_stats" -> new Command.PresenceStats(id, channel(f));
            case "history" -> new Command.History(id, channel(f), f.limit(), f.since(), f.flag("reverse"));
            case "rpc" -> new Command.Call(id, f.text("method"));
            case "refresh" -> new Command.Refresh(id, f.token());
            case "sub_refresh" -> new Command.SubRefresh(id, channel(f), f.token());
            default -> new Command.Send();
        };
    }

    private static Command subscribe(long id, Fields f) {
        Optional<Position> since =
                f.flag("recover") ? Optional.of(new Position(f.text("epoch"), f.number("offset"))) : Optional.empty();
        boolean refuse = (f.number("flag") & REFUSE_UNRECOVERED) != 0;
        return new Command.Subscribe(id, channel(f), f.token(), since, f.flag("join_leave"), refuse, f.unsupported());
    }

    private static Command publish(long id, Fields f) {
        Optional<String> key = Optional.of(f.text("sb_key")).filter(k -> !k.isEmpty());
        // a map publish changes keyed state; taken for a plain one it would only be shouted out
        Optional<String> data = f.number("type") == 0 ? f.data() : Optional.empty();
        return new Command.Publish(id, channel(f), data, key);
    }

    private static String channel(Fields f) {
        String channel = f.text("channel");
        require(!channel.isEmpty());
        return channel;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new JsonFault("no command of the protocol", 0);
        }
    }
}
