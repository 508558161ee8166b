package io.switchboard.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.json.NativeCodec;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Handle;
import io.switchboard.session.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches count as written when a poll says so, and not before. */
class LongPollConnectionTest {
    private static final long LATER = 26_000_000_000L;

    private final LongPollConnection connection =
            new LongPollConnection(new NativeCodec(), new Handle("secret", "node"));
    private final List<Boolean> written = new ArrayList<>();

    /** A poll and how it was answered. */
    private static final class Asked implements Answer {
        private final List<String> answers = new ArrayList<>();

        @Override
        public void give(int status, String body) {
            answers.add(status + " " + body);
        }
    }

    @Test
    void batchWaitsForAPoll() {
        write("one");

        assertThat(poll(0)).containsExactly("200 {\"poll\":1}\none\n");
        assertThat(written).isEmpty();
    }

    @Test
    void pollWaitsForABatch() {
        Asked poll = waiting(0);
        assertThat(poll.answers).isEmpty();

        write("one");

        assertThat(poll.answers).containsExactly("200 {\"poll\":1}\none\n");
        assertThat(written).isEmpty();
    }

    @Test
    void nextPollSaysThatTheBatchHasArrived() {
        waiting(0);
        write("one");

        Asked next = waiting(1);

        assertThat(written).containsExactly(true);
        assertThat(next.answers).isEmpty();
    }

    @Test
    void lostAnswerIsGivenAgain() {
        waiting(0);
        write("one");

        assertThat(poll(0)).containsExactly("200 {\"poll\":1}\none\n");
        assertThat(poll(0)).containsExactly("200 {\"poll\":1}\none\n");
        assertThat(written).isEmpty();
    }

    @Test
    void numbersFromNowhereAreRefused() {
        write("one");

        assertThat(poll(7)).containsExactly("400 ");
        assertThat(poll(-1)).containsExactly("400 ");
        assertThat(written).isEmpty();
    }

    @Test
    void secondPollTakesThePlaceOfTheFirst() {
        Asked first = waiting(0);
        Asked second = waiting(0);

        write("one");

        assertThat(first.answers).containsExactly("204 ");
        assertThat(second.answers).containsExactly("200 {\"poll\":1}\none\n");
    }

    @Test
    void pollThatWaitedLongIsAnsweredWithNothing() {
        Asked poll = waiting(0);

        connection.check(LATER / 2);
        assertThat(poll.answers).isEmpty();
        connection.check(LATER);

        assertThat(poll.answers).containsExactly("200 {\"poll\":0}\n");
        write("one");
        assertThat(poll(0)).containsExactly("200 {\"poll\":1}\none\n");
    }

    @Test
    void nextWriteMayComeFromTheCompletionOfTheLast() {
        waiting(0);
        connection.write(Frame.of("one"), ok -> write("two"));

        assertThat(waiting(1).answers).containsExactly("200 {\"poll\":2}\ntwo\n");
    }

    @Test
    void endIsToldToThePollThatWaits() {
        Asked poll = waiting(0);

        connection.close(Disconnect.FORCED);

        assertThat(poll.answers)
                .containsExactly("200 {\"poll\":1}\n"
                        + "{\"push\":{\"disconnect\":{\"code\":3503,\"reason\":\"force disconnect\"}}}\n");
    }

    @Test
    void endIsToldToWhoeverPollsAfterwardsBehindWhatHeHasNotGot() {
        waiting(0);
        write("one");
        connection.close(Disconnect.FORCED);

        assertThat(poll(0).get(0)).startsWith("200 {\"poll\":1}\none\n{\"push\":{\"disconnect\":");
        assertThat(poll(1).get(0)).startsWith("200 {\"poll\":2}\n{\"push\":{\"disconnect\":");
    }

    private void write(String text) {
        connection.write(Frame.of(text), written::add);
    }

    private Asked waiting(long arrived) {
        Asked poll = new Asked();
        connection.poll(arrived, poll, 0);
        return poll;
    }

    private List<String> poll(long arrived) {
        return waiting(arrived).answers;
    }
}
