package io.switchboard.it;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Texts that are no frame of the native protocol, and messages larger than 64 KiB. */
final class Nonsense {
    static final String CONNECT = "{\"connect\":{},\"id\":1}";

    private Nonsense() {}

    /** What each is, and the text. */
    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("nothing at all", ""),
                arguments("white space", " \n\r\t"),
                arguments("half an object", "{\"rpc\":{},\"id\":2"),
                arguments("no object", "[]"),
                arguments("a bare word", "connect"),
                arguments("single quotes", "{'id':2,'rpc':{}}"),
                arguments("a trailing comma", "{\"id\":2,\"rpc\":{},}"),
                arguments("something behind", "{\"id\":2,\"rpc\":{}} x"),
                arguments("a request that is no object", "{\"id\":2,\"rpc\":[]}"),
                arguments("an unknown command", "{\"id\":2,\"dance\":{}}"),
                arguments("two commands in one object", "{\"id\":2,\"rpc\":{},\"send\":{}}"),
                arguments("no id", "{\"rpc\":{}}"),
                arguments("id 0", "{\"id\":0,\"rpc\":{}}"),
                arguments("a negative id", "{\"id\":-1,\"rpc\":{}}"),
                arguments("id 2^63", "{\"id\":9223372036854775808,\"rpc\":{}}"),
                arguments("half an id", "{\"id\":1.5,\"rpc\":{}}"),
                arguments("an id in words", "{\"id\":\"2\",\"rpc\":{}}"),
                arguments("a second connect", "{\"id\":2,\"connect\":{}}"),
                arguments("no channel", "{\"id\":2,\"subscribe\":{}}"),
                arguments("an empty channel", "{\"id\":2,\"subscribe\":{\"channel\":\"\"}}"),
                arguments("a number for a channel", "{\"id\":2,\"subscribe\":{\"channel\":5}}"),
                arguments("an offset of -1", "{\"id\":2,\"subscribe\":{\"channel\":\"big:x\",\"offset\":-1}}"),
                arguments("a lone surrogate's half escape", publication("\"\\ud83\"")),
                arguments("a raw control character", publication("\"\u0001\"")),
                arguments("depth 33", publication("[".repeat(33) + "]".repeat(33))),
                arguments("depth 30,000", publication("[".repeat(30_000))),
                arguments("60,000 digits", publication("1".repeat(60_000))),
                arguments("an id of 60,000 digits", "{\"rpc\":{},\"id\":" + "1".repeat(60_000) + "}"),
                arguments("257 keys", publication(object(257))),
                arguments("10,000 pongs", "{}\n".repeat(10_000)),
                arguments("1,025 commands", "{\"id\":2,\"rpc\":{}}\n".repeat(1_025)));
    }

    /** The frames of one message too many. */
    static Stream<Arguments> tooBig() {
        String text = CONNECT + " ".repeat(65_537 - CONNECT.length());
        Frame half = Frame.text(text.substring(0, 40_000)).unfinished();
        Frame rest = Frame.of(Frame.CONTINUATION, text.substring(40_000));
        Frame chinese = Frame.text(publication("\"" + "线".repeat(22_000) + "\""));
        return Stream.of(
                Arguments.of((Object) new Frame[] {Frame.text(text)}),
                Arguments.of((Object) new Frame[] {half, rest}),
                Arguments.of((Object) new Frame[] {chinese}),
                Arguments.of((Object) new Frame[] {Frame.of(Frame.BINARY, text)}));
    }

    private static String publication(String data) {
        return "{\"id\":2,\"publish\":{\"channel\":\"big:x\",\"data\":" + data + "}}";
    }

    /** An object with this many members. */
    static String object(int keys) {
        return IntStream.range(0, keys).mapToObj(i -> "\"k" + i + "\":" + i).collect(Collectors.joining(",", "{", "}"));
    }
}
