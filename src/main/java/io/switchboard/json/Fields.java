package io.switchboard.json;

import io.switchboard.message.Position;
import io.switchboard.message.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of one command that mean something to us; a missing string is empty, a missing number 0, null
 * the same as missing, and of several with one name the last counts.
 */
final class Fields {
    /** Names of all commands that ask for something. */
    static final Set<String> COMMANDS = Set.of(
            "connect",
            "subscribe",
            "unsubscribe",
            "publish",
            "presence",
            "presence_stats",
            "history",
            "rpc",
            "send",
            "refresh",
            "sub_refresh");

    private static final Set<String> TEXTS = Set.of("channel", "token", "epoch", "method", "sb_key");
    private static final Set<String> NUMBERS = Set.of("offset", "flag", "type");
    private static final Set<String> FLAGS = Set.of("recover", "join_leave", "reverse");
    private static final int MAX_KEY = 255;
    private static final int MAX_SUBSCRIPTIONS = 1_024;

    private final String command;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Set<String> flags = new HashSet<>();
    private Optional<String> data = Optional.empty();
    private Optional<Position> since = Optional.empty();
    private Map<String, Position> subscriptions = Map.of();
    private boolean filtered;
    private int limit;

    private Fields(String command) {
        this.command = command;
    }

    static Fields read(String command, JsonReader in) {
        Fields fields = new Fields(command);
        in.enter();
        while (in.next()) {
            fields.member(in);
        }
        if (fields.text("sb_key").length() > MAX_KEY) {
            throw new JsonFault("key too long", 0);
        }
        return fields;
    }

    String command() {
        return command;
    }

    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    long number(String name) {
        return numbers.getOrDefault(name, 0L);
    }

    boolean flag(String name) {
        return flags.contains(name);
    }

    Optional<String> token() {
        return Optional.of(text("token")).filter(token -> !token.isEmpty());
    }

    Optional<String> data() {
        return data;
    }

    Optional<Position> since() {
        return since;
    }

    /** Where the client stopped reading, by channel. */
    Map<String, Position> subscriptions() {
        return subscriptions;
    }

    int limit() {
        return limit;
    }

    /** Wishes that must be refused, since ignoring them would give the client something else than it asked for. */
    Optional<Problem> unsupported() {
        if (number("type") != 0) {
            return Optional.of(Problem.NOT_AVAILABLE);
        }
        return filtered ? Optional.of(Problem.BAD_REQUEST) : Optional.empty();
    }

    private void member(JsonReader in) {
        String name = in.name();
        if (TEXTS.contains(name)) {
            texts.put(name, in.string().orElse(""));
        } else if (NUMBERS.contains(name)) {
            numbers.put(name, in.natural());
        } else if (FLAGS.contains(name)) {
            flag(name, in.bool());
        } else if (name.equals("data")) {
            data = Optional.of(in.raw());
        } else if (name.equals("limit")) {
            limit = (int) Math.max(-1, Math.min(in.integer(), Integer.MAX_VALUE));
        } else if (name.equals("since")) {
            since = in.isNull() ? Optional.empty() : Optional.of(position(in).at());
        } else if (name.equals("subs")) {
            subscriptions = in.isNull() ? Map.of() : subscriptions(in);
        } else if (name.equals("tf")) {
            filtered = !in.isNull();
            if (filtered) {
                in.skip();
            }
        } else {
            in.skip();
        }
    }

    private void flag(String name, boolean set) {
        if (set) {
            flags.add(name);
        } else {
            flags.remove(name);
        }
    }

    private static Map<String, Position> subscriptions(JsonReader in) {
        Map<String, Position> subscriptions = new HashMap<>();
        in.enter();
        while (in.next()) {
            String channel = in.name();
            Place place = position(in);
            if (place.recover() && subscriptions.size() < MAX_SUBSCRIPTIONS) {
                subscriptions.put(channel, place.at());
            }
        }
        return subscriptions;
    }

    /** A position, and whether the client wants what follows it. */
    private record Place(Position at, boolean recover) {}

    private static Place position(JsonReader in) {
        long offset = 0;
        String epoch = "";
        boolean recover = false;
        in.enter();
        while (in.next()) {
            switch (in.name()) {
                case "offset" -> offset = in.natural();
                case "epoch" -> epoch = in.string().orElse("");
                case "recover" -> recover = in.bool();
                default -> in.skip();
            }
        }
        return new Place(new Position(epoch, offset), recover);
    }
}
