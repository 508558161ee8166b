package io.switchboard.it;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts that are no frame of the native protocol, and messages larger than 64 KiB. */
final class Nonsense {
    static final String CONNECT = "{\"connect\":{},\"id\":1}";

    private Nonsense() {}

    /** Texts that end a session. */
    static Stream<Mischief> texts() {
        return Stream.of(
                text("null", "null"),
                text("a byte order mark", "\uFEFF{\"id\":2,\"rpc\":{}}"),
                text("NUL", "\0"),
                text("NUL behind", "{\"id\":2,\"rpc\":{}}\0"),
                text("NUL in a string", publication("\"\0\"")),
                text("nothing at all", ""),
                text("white space", " \n\r\t"),
                text("half an object", "{\"rpc\":{},\"id\":2"),
                text("no object", "[]"),
                text("a bare word", "connect"),
                text("single quotes", "{'id':2,'rpc':{}}"),
                text("a trailing comma", "{\"id\":2,\"rpc\":{},}"),
                text("something behind", "{\"id\":2,\"rpc\":{}} x"),
                text("a request that is no object", "{\"id\":2,\"rpc\":[]}"),
                text("an array for a request with members", "{\"id\":2,\"publish\":[{\"channel\":\"big:x\"}]}"),
                text("an array for a position", "{\"id\":2,\"history\":{\"channel\":\"big:x\",\"since\":[]}}"),
                text("an array for a channel", "{\"id\":2,\"subscribe\":{\"channel\":[\"big:x\"]}}"),
                text(
                        "10,000 channels",
                        "{\"id\":2,\"subscribe\":{\"channel\":[" + "\"a\",".repeat(10_000) + "\"a\"]}}"),
                text("null for a request", "{\"id\":2,\"rpc\":null}"),
                text("null for an id", "{\"id\":null,\"rpc\":{}}"),
                text("null for a name", "{\"id\":2,null:{}}"),
                text("null for a channel", "{\"id\":2,\"subscribe\":{\"channel\":null}}"),
                text("a truth for a channel", "{\"id\":2,\"unsubscribe\":{\"channel\":true}}"),
                text("a number for a truth", "{\"id\":2,\"subscribe\":{\"channel\":\"big:x\",\"recover\":1}}"),
                text("an unknown command", "{\"id\":2,\"dance\":{}}"),
                text("two commands in one object", "{\"id\":2,\"rpc\":{},\"send\":{}}"),
                text("the same command twice in one object", "{\"id\":2,\"rpc\":{},\"rpc\":{}}"),
                text("no id", "{\"rpc\":{}}"),
                text("id 0", "{\"id\":0,\"rpc\":{}}"),
                text("a negative id", "{\"id\":-1,\"rpc\":{}}"),
                text("id -0", "{\"id\":-0,\"rpc\":{}}"),
                text("id 1e999999999", "{\"id\":1e999999999,\"rpc\":{}}"),
                text("id 2^63", "{\"id\":9223372036854775808,\"rpc\":{}}"),
                text("half an id", "{\"id\":1.5,\"rpc\":{}}"),
                text("an id in words", "{\"id\":\"2\",\"rpc\":{}}"),
                text("a second connect", "{\"id\":2,\"connect\":{}}"),
                text("no channel", "{\"id\":2,\"subscribe\":{}}"),
                text("an empty channel", "{\"id\":2,\"subscribe\":{\"channel\":\"\"}}"),
                text("a number for a channel", "{\"id\":2,\"subscribe\":{\"channel\":5}}"),
                text("an offset of -1", "{\"id\":2,\"subscribe\":{\"channel\":\"big:x\",\"offset\":-1}}"),
                text(
                        "an offset of 2^63",
                        "{\"id\":2,\"subscribe\":{\"channel\":\"big:x\",\"offset\":9223372036854775808}}"),
                text(
                        "an offset of 1e999999999",
                        "{\"id\":2,\"subscribe\":{\"channel\":\"big:x\",\"offset\":1e999999999}}"),
                text("a lone surrogate's half escape", publication("\"\\ud83\"")),
                text("a raw control character", publication("\"\u0001\"")),
                text("depth 33", publication("[".repeat(33) + "]".repeat(33))),
                text("depth 33 of objects", publication("{\"a\":".repeat(33) + "0" + "}".repeat(33))),
                text("depth 700", publication("[".repeat(700) + "]".repeat(700))),
                text(
                        "depth 700 in what nobody reads",
                        "{\"x\":" + "[{\"a\":".repeat(350) + "0" + "}]".repeat(350) + "}"),
                text("depth 30,000 in what nobody reads", "{\"x\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}"),
                text("depth 30,000", publication("[".repeat(30_000))),
                text("60,000 digits", publication("1".repeat(60_000))),
                text("an id of 60,000 digits", "{\"rpc\":{},\"id\":" + "1".repeat(60_000) + "}"),
                text("257 keys", publication(object(257))),
                text("5,000 keys", publication(object(5_000))),
                text("5,000 keys of a request", "{\"id\":2,\"rpc\":" + object(5_000) + "}"),
                text(
                        "5,000 keys of a command",
                        "{\"id\":2,\"rpc\":{}," + object(5_000).substring(1)),
                text("60 kB of backslashes without end", publication("\"" + "\\".repeat(60_001) + "\"")),
                text(
                        "60 kB of escapes in a key",
                        "{\"id\":2,\"publish\":{\"channel\":\"big:x\",\"data\":1,\"sb_key\":\""
                                + "\\u0041".repeat(10_000) + "\"}}"),
                text("10,000 pongs", "{}\n".repeat(10_000)),
                text("1,025 commands", "{\"id\":2,\"rpc\":{}}\n".repeat(1_025)),
                text("5,000 commands", "{\"send\":{}}\n".repeat(5_000)));
    }

    /** The frames of one message too many. */
    static Stream<Mischief> tooBig() {
        String text = CONNECT + " ".repeat(65_537 - CONNECT.length());
        Frame half = Frame.text(text.substring(0, 40_000)).unfinished();
        Frame rest = Frame.of(Frame.CONTINUATION, text.substring(40_000));
        Frame chinese = Frame.text(publication("\"" + "线".repeat(22_000) + "\""));
        return Stream.of(
                Mischief.frames("65,537 bytes", 1009, Frame.text(text)),
                Mischief.frames("65,537 bytes in fragments", 1009, half, rest),
                Mischief.frames("66,000 bytes in Chinese", 1009, chinese),
                Mischief.frames("65,537 bytes in binary", 1009, Frame.of(Frame.BINARY, text)),
                Mischief.frames("a batch of 10,000 commands", 1009, Frame.text("{\"send\":{}}\n".repeat(10_000))));
    }

    private static Mischief text(String what, String text) {
        return Mischief.frames(what, 3501, Frame.text(text));
    }

    private static String publication(String data) {
        return "{\"id\":2,\"publish\":{\"channel\":\"big:x\",\"data\":" + data + "}}";
    }

    /** An object with this many members. */
    static String object(int keys) {
        return IntStream.range(0, keys).mapToObj(i -> "\"k" + i + "\":" + i).collect(Collectors.joining(",", "{", "}"));
    }
}
