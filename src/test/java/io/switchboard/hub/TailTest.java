package io.switchboard.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channel.OnLag;
import io.switchboard.channel.Recovery;
import io.switchboard.json.NativeCodec;
import io.switchboard.message.ClientInfo;
import io.switchboard.message.News;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tail: bounded, read from any place in it, encoded once, never read across a hole. */
class TailTest {
    private static final NativeCodec CODEC = new NativeCodec();
    private static final Tail.Place START = new Tail.Place(0, 0);

    private final Tail tail = new Tail(
            "a", TestExchange.open("n", 10, Recovery.STREAM, OnLag.RESUBSCRIBE), new TailLimits(4, 100_000, 1_000));

    @Test
    void aReaderGoesOnWhereTheBatchEnded() {
        append("e", 1);
        append("e", 2);
        Tail.Batch batch = tail.read(START, CODEC, false).orElseThrow();
        append("e", 3);

        assertThat(batch.last()).contains(new Position("e", 2));
        assertThat(tail.read(batch.next(), CODEC, false).orElseThrow().last()).contains(new Position("e", 3));
    }

    @Test
    void theSamePlaceIsEncodedOnce() {
        append("e", 1);

        Tail.Batch first = tail.read(START, CODEC, false).orElseThrow();
        assertThat(tail.read(START, CODEC, false).orElseThrow()).isSameAs(first);
        assertThat(tail.read(START, CODEC, true).orElseThrow()).isNotSameAs(first);
        assertThat(tail.read(START, new NativeCodec(), false).orElseThrow()).isNotSameAs(first);
        append("e", 2);
        assertThat(tail.read(START, CODEC, false).orElseThrow().last()).contains(new Position("e", 2));
    }

    @Test
    void whatComesDuringAFanOutWaitsForTheNextOneSoThatAllShareTheirFrames() {
        append("e", 1);
        Tail.Batch first = tail.read(START, CODEC, false).orElseThrow();
        tail.append(Publication.of("2").at(new Position("e", 2)));

        assertThat(tail.read(START, CODEC, false).orElseThrow()).isSameAs(first);
        assertThat(first.slice().more()).isFalse();
        assertThat(tail.endFanOut()).as("there is another fan-out").isTrue();
    }

    @Test
    void readersAtDifferentPlacesMeetAtTheEndOfABlock() {
        Tail longer = new Tail(
                "a",
                TestExchange.open("n", 10, Recovery.STREAM, OnLag.RESUBSCRIBE),
                new TailLimits(100, 100_000, 1_000));
        for (int i = 1; i <= 50; i++) {
            longer.append(Publication.of("1").at(new Position("e", i)));
        }
        longer.beginFanOut();
        Tail.Batch one = longer.read(START, CODEC, false).orElseThrow();
        Tail.Batch other = longer.read(new Tail.Place(3, 3), CODEC, false).orElseThrow();

        assertThat(one.next()).isEqualTo(other.next());
        assertThat(one.slice().more()).isTrue();
        assertThat(longer.read(one.next(), CODEC, false)).isEqualTo(longer.read(other.next(), CODEC, false));
    }

    @Test
    void aLongFanOutMovesItsHorizonBeforeTheTailIsFull() {
        for (int i = 1; i <= 3; i++) {
            Publication large = Publication.of("\"" + "x".repeat(30_000) + "\"");
            tail.append(large.at(new Position("e", i))); // 90,000 bytes of 100,000, and no fan-out has begun
        }

        Tail.Batch first = tail.read(START, CODEC, false).orElseThrow();
        assertThat(first.last()).contains(new Position("e", 1));
        assertThat(first.slice().more()).isTrue();
    }

    @Test
    void whoIsBehindTheOldestEntryIsToldSo() {
        for (int i = 1; i <= 5; i++) {
            append("e", i);
        }

        assertThat(tail.read(START, CODEC, false)).isEmpty();
        assertThat(tail.read(new Tail.Place(1, 1), CODEC, false)).isPresent();
    }

    @Test
    void bytesAreBoundedToo() {
        for (int i = 1; i <= 3; i++) {
            tail.append(new Publication(
                    "\"" + "x".repeat(60_000) + "\"", new Position("e", i), Optional.empty(), java.util.Map.of()));
        }

        assertThat(tail.read(new Tail.Place(1, 1), CODEC, false)).isEmpty();
        assertThat(tail.read(new Tail.Place(2, 2), CODEC, false)).isPresent();
    }

    @Test
    void aHoleInTheNumbersIsNotReadAcross() {
        append("e", 1);
        Tail.Place afterOne = tail.read(START, CODEC, false).orElseThrow().next();
        append("e", 3);

        assertThat(tail.read(afterOne, CODEC, false)).isEmpty();
        assertThat(tail.after(new Position("e", 1), START, true)).isEmpty();
        assertThat(tail.after(new Position("e", 2), START, false)).isPresent();
    }

    @Test
    void anotherEpochIsAHoleToo() {
        append("e", 1);
        Tail.Place afterOne = tail.read(START, CODEC, false).orElseThrow().next();
        append("f", 2);

        assertThat(tail.read(afterOne, CODEC, false)).isEmpty();
        assertThat(tail.after(new Position("e", 1), START, true)).isEmpty();
    }

    @Test
    void aHoleBeforeTheFirstNumberIsSeenToo() {
        Tail.Place place = tail.after(new Position("e", 7), START, true).orElseThrow();
        append("e", 9);

        assertThat(tail.read(place, CODEC, false)).isEmpty();
    }

    @Test
    void theEndIsAPlaceOnlyForWhoKnowsThatNothingIsMissing() {
        assertThat(tail.after(new Position("e", 7), START, true)).isPresent();
        assertThat(tail.after(new Position("e", 7), START, false)).isEmpty();
        append("e", 8);
        assertThat(tail.after(new Position("e", 7), START, false)).isPresent();
        assertThat(tail.after(new Position("e", 6), START, true)).isEmpty();
        assertThat(tail.after(new Position("f", 7), START, true)).isEmpty();
    }

    @Test
    void aJoinSinceTheReaderCameIsNotPassedOver() {
        append("e", 1);
        Tail.Place came = new Tail.Place(1, 1);
        tail.append(new News.Join(new ClientInfo("", "c1", Optional.empty(), Optional.empty())));

        assertThat(tail.after(new Position("e", 1), came, true)).contains(came);
        append("e", 2);
        assertThat(tail.after(new Position("e", 1), came, true)).contains(came);
    }

    @Test
    void aFanOutIsScheduledOnceForAllThatPilesUp() {
        assertThat(come("e", 1)).isTrue();
        assertThat(come("e", 2)).isFalse();
        tail.beginFanOut();
        assertThat(come("e", 3)).isFalse();
        assertThat(tail.endFanOut()).isTrue();
        tail.beginFanOut();
        assertThat(tail.endFanOut()).isFalse();
        assertThat(come("e", 4)).isTrue();
    }

    private void append(String epoch, long offset) {
        come(epoch, offset);
        tail.beginFanOut();
    }

    private boolean come(String epoch, long offset) {
        return tail.append(Publication.of(String.valueOf(offset)).at(new Position(epoch, offset)));
    }
}
