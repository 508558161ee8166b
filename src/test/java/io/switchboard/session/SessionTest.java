package io.switchboard.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.json.NativeCodec;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.News;
import io.switchboard.quota.QuotaLimits;
import io.switchboard.quota.Quotas;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A session's writing, clocks and end, on a recording connection. */
class SessionTest {
    private static final Caller CALLER = new Caller("192.0.2.1", "", Identity.ANONYMOUS, Optional.empty());

    private final ManualClock clock = new ManualClock();
    private final ManualExecutor workers = new ManualExecutor();
    private final ManualExecutor closers = new ManualExecutor();
    private final Counters counters = new Counters();
    private final Sessions sessions = new Sessions(new Means(
            Limits.DEFAULT,
            new Quotas(QuotaLimits.NONE, clock),
            clock,
            () -> 0.5,
            counters,
            workers,
            closers,
            closers));
    private final RecordingConnection connection = new RecordingConnection();
    private final Session session = sessions.open(connection, new NativeCodec(), CALLER);

    @Test
    void answersThatWaitedLeaveTogether() {
        connection.hold();
        for (int i = 1; i <= 5; i++) {
            session.send(new Event.Done(i, "publish"));
        }
        connection.release();

        assertThat(connection.frames()).hasSize(2);
        assertThat(connection.lines()).hasSize(5).last().isEqualTo("{\"id\":5,\"publish\":{}}");
    }

    @Test
    void writesThatCompleteAtOnceDoNotGrowTheStack() {
        AtomicInteger left = new AtomicInteger(100_000);
        Source endless = new Source() {
            @Override
            protected Slice read() {
                boolean more = left.decrementAndGet() > 0;
                return new Slice(List.of(Frame.of("x")), 100_000, more);
            }

            @Override
            public void end() {}
        };

        session.wake(endless);
        for (int i = 0; i < 10 && left.get() > 0; i++) {
            session.ponged();
        }

        assertThat(left.get()).isZero();
    }

    @Test
    void aCodecThatFailsEndsItsSessionOnly() {
        Codec broken = new Codec() {
            @Override
            public List<Frame> encode(Event event) {
                throw new StackOverflowError();
            }

            @Override
            public List<Frame> encode(String channel, List<News> news) {
                throw new IllegalStateException();
            }
        };
        Session other = sessions.open(new RecordingConnection(), broken, CALLER);

        other.send(new Event.Done(1, "publish"));

        assertThat(other.isOpen()).isFalse();
        assertThat(session.isOpen()).isTrue();
        assertThat(counters.snapshot()).containsEntry("sessions.failed", 1L).containsEntry("sessions.closed.3004", 1L);
    }

    @Test
    void aWriteThatDoesNotEndInFiveSecondsEndsTheSession() {
        session.connect(Identity.ANONYMOUS);
        connection.hold();
        session.send(new Event.Done(1, "publish"));

        check(Duration.ofSeconds(5));
        assertThat(session.isOpen()).isTrue();
        check(Duration.ofMillis(1));

        assertThat(sessions.count()).isZero();
        assertThat(connection.closed()).isEmpty(); // left to a thread that may wait
        closers.runAll();
        assertThat(connection.closed()).contains(Disconnect.SLOW);
        assertThat(counters.snapshot()).containsEntry("sessions.closed.3008", 1L);
    }

    @Test
    void aFailedWriteEndsTheSession() {
        connection.hold();
        session.send(new Event.Done(1, "publish"));
        connection.complete(false);

        assertThat(sessions.count()).isZero();
        closers.runAll();
        assertThat(connection.closed()).contains(Disconnect.WRITE_ERROR);
    }

    @Test
    void whoNeverSaysWhoHeIsIsStaleAfterTenSeconds() {
        check(Duration.ofSeconds(10));
        assertThat(session.isOpen()).isTrue();
        check(Duration.ofMillis(1));
        closers.runAll();
        assertThat(connection.closed()).contains(Disconnect.STALE);
    }

    @Test
    void pingsAreSentByWorkersAndTheirAnswerKeepsTheSession() {
        session.connect(Identity.ANONYMOUS);
        for (int i = 0; i < 10; i++) {
            check(Duration.ofSeconds(26));
            workers.runAll();
            assertThat(connection.lines()).containsExactly("{}");
            session.ponged();
        }
        check(Duration.ofSeconds(26));
        workers.runAll();
        check(Duration.ofSeconds(9));
        closers.runAll();

        assertThat(connection.closed()).contains(Disconnect.NO_PONG);
    }

    @Test
    void aSourceThatFailsEndsItsSessionAndNotItsCaller() {
        session.connect(Identity.ANONYMOUS);
        session.wake(new Source() {
            @Override
            protected Slice read() {
                throw new IllegalStateException("broken");
            }

            @Override
            public void end() {}
        });
        closers.runAll();

        assertThat(connection.closed()).contains(Disconnect.INTERNAL);
    }

    @Test
    void halfASurrogatePairIsSentAsAQuestionMark() {
        assertThat(Frame.of("a\ud83d\ude00b").text()).isEqualTo("a\ud83d\ude00b");
        assertThat(Frame.of("a\ud83db").text()).isEqualTo("a?b");
        assertThat(Frame.of("a\ude00").text()).isEqualTo("a?");
        assertThat(Frame.of("\ud83d\ude00\u00e4\u56de").size()).isEqualTo(9);
    }

    @Test
    void moreAnswersThanTheOutboxHoldsEndTheSession() {
        connection.hold();
        String text = "x".repeat(60_000);
        for (int i = 0; i < 18; i++) {
            session.write(List.of(Frame.of(text)));
            assertThat(session.isOpen()).isTrue();
        }
        session.write(List.of(Frame.of(text)));
        closers.runAll();

        assertThat(connection.closed()).contains(Disconnect.SLOW);
    }

    @Test
    void aPeerThatAnswersNoPingIsWrittenAMebibyteAndNoMore() {
        session.connect(Identity.ANONYMOUS);
        String text = "x".repeat(50_000);
        for (int i = 0; i < 40; i++) {
            session.write(List.of(Frame.of(text)));
        }

        assertThat(connection.frames().stream().mapToInt(Frame::size).sum()).isBetween(950_000, 1 << 20);
        check(Duration.ofSeconds(31));
        closers.runAll();
        assertThat(connection.closed()).contains(Disconnect.SLOW);
    }

    @Test
    void theRegistryFindsSessionsByIdUserAndAddress() {
        session.connect(Identity.of("ann", Set.of()));

        assertThat(sessions.byId(session.id())).contains(session);
        assertThat(sessions.byUser("ann")).containsExactly(session);
        assertThat(sessions.byUser("")).isEmpty();
        assertThat(sessions.byAddress("192.0.2.1")).containsExactly(session);
        assertThat(sessions.users()).containsExactly("ann");

        session.gone(1006);
        assertThat(sessions.count()).isZero();
        assertThat(sessions.byUser("ann")).isEmpty();
        assertThat(sessions.byAddress("192.0.2.1")).isEmpty();
    }

    @Test
    void afterTheStopNobodyGetsIn() {
        sessions.closeAll(Disconnect.SERVICE_RESTART);
        RecordingConnection late = new RecordingConnection();
        sessions.open(late, new NativeCodec(), CALLER);
        closers.runAll();

        assertThat(connection.closed()).contains(Disconnect.SERVICE_RESTART);
        assertThat(late.closed()).contains(Disconnect.SERVICE_RESTART);
        assertThat(sessions.count()).isZero();
    }

    @Test
    void itEndsAtItsTimeUnlessItIsToldAnother() {
        session.connect(Identity.ANONYMOUS);
        assertThat(session.expires()).isFalse();
        session.endAt(OptionalLong.of(clock.getAsLong() + 2_000_000_000L));
        assertThat(session.expires()).isTrue();

        check(Duration.ofMillis(1_999));
        assertThat(session.isOpen()).isTrue();
        session.endAt(OptionalLong.of(clock.getAsLong() + 1_000_000_000L));
        check(Duration.ofMillis(999));
        assertThat(session.isOpen()).isTrue();
        check(Duration.ofMillis(1));
        closers.runAll();
        assertThat(connection.closed()).contains(Disconnect.EXPIRED);
    }

    @Test
    void aTimeThatWasTakenBackEndsNothing() {
        session.connect(Identity.ANONYMOUS);
        session.endAt(OptionalLong.of(clock.getAsLong() + 1));
        session.endAt(OptionalLong.empty());

        check(Duration.ofSeconds(10));
        assertThat(session.expires()).isFalse();
        assertThat(session.isOpen()).isTrue();
    }

    private void check(Duration later) {
        clock.advance(later);
        sessions.check();
    }
}
