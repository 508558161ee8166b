package io.switchboard.json;

import io.switchboard.message.News;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import io.switchboard.session.Frame;
import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading the commands of a frame, and writing publications around payloads that are JSON already. */
@State(Scope.Benchmark)
public class ScannerBenchmark {
    private static final String CHANNEL = "chat:lobby";
    private static final int NESTED = 4 << 10;

    private final NativeReader reader = new NativeReader(1_024);
    private final NativeCodec codec = new NativeCodec();

    private final String payload = "{\"text\":\"" + "x".repeat(66) + "\",\"at\":1700000000000,\"n\":7}"; // 101 bytes
    private final String one = publish(payload);
    private final String lines = String.join("\n", Collections.nCopies(16, one));
    private final String nested = publish(nested());
    private final List<News> single = publications(1);
    private final List<News> many = publications(64);

    /** One publish command. */
    @Benchmark
    public Received readOne() {
        return reader.read(one);
    }

    /** 16 publish commands in one frame. */
    @Benchmark
    public Received readSixteen() {
        return reader.read(lines);
    }

    /** One publish command with a payload of 4 KiB, of many small arrays and objects. */
    @Benchmark
    public Received readNested() {
        return reader.read(nested);
    }

    /** A frame of one publication. */
    @Benchmark
    public List<Frame> writeOne() {
        return codec.encode(CHANNEL, single);
    }

    /** A frame of 64 publications. */
    @Benchmark
    public List<Frame> writeSixtyFour() {
        return codec.encode(CHANNEL, many);
    }

    private static String publish(String data) {
        return "{\"publish\":{\"channel\":\"" + CHANNEL + "\",\"data\":" + data + "},\"id\":12}";
    }

    private static String nested() {
        String element = "{\"id\":17,\"name\":\"a \\\"b\\\" c\",\"size\":[1.5,-2e3,{\"on\":true,\"of\":[[null]]}]}";
        int count = NESTED / (element.length() + 1);
        return "[" + String.join(",", Collections.nCopies(count, element)) + "]";
    }

    private List<News> publications(int count) {
        return Collections.nCopies(count, Publication.of(payload).at(new Position("bZ3k", 12_345)));
    }
}
