package io.switchboard.hub;

import io.switchboard.channel.OnLag;
import io.switchboard.json.NativeCodec;
import io.switchboard.message.Publication;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Appending to the tail of a channel, and reading it: a fan-out is given per reader, of whom there are 1,000. */
@State(Scope.Benchmark)
public class TailBenchmark {
    private static final int READERS = 1_000;
    private static final int SPREAD = 16;

    private final NativeCodec codec = new NativeCodec();
    private final Publication publication = Publication.of("\"" + "x".repeat(98) + "\"");
    private final Tail tail = new Tail("a", TestExchange.plain("n", OnLag.RESUBSCRIBE), TailLimits.DEFAULT);
    private final Tail.Place[] places = new Tail.Place[SPREAD];
    private long appended;

    /** One publication, for which the oldest one has to go. */
    @Benchmark
    public boolean append() {
        return tail.append(publication);
    }

    /** One publication, for readers who have read everything before it. */
    @Benchmark
    @OperationsPerInvocation(READERS)
    public void readFromOnePlace(Blackhole hole) {
        fanOut(1, hole);
    }

    /** One publication, for readers who have read everything before it or up to 15 publications less. */
    @Benchmark
    @OperationsPerInvocation(READERS)
    public void readFromSixteenPlaces(Blackhole hole) {
        fanOut(SPREAD, hole);
    }

    private void fanOut(int spread, Blackhole hole) {
        tail.append(publication);
        for (int i = 0; i < spread; i++) {
            long read = Math.max(0, appended - i);
            places[i] = new Tail.Place(read, read);
        }
        appended++;
        hole.consume(tail.beginFanOut());
        for (int reader = 0; reader < READERS; reader++) {
            hole.consume(tail.read(places[reader % spread], codec, false));
        }
        tail.endFanOut();
    }
}
