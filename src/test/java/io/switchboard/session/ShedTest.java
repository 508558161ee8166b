package io.switchboard.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.json.NativeCodec;
import io.switchboard.message.Disconnect;
import io.switchboard.quota.QuotaLimits;
import io.switchboard.quota.Quotas;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for all sessions together is bounded: those for whom most waits go first. */
class ShedTest {
    private final ManualClock clock = new ManualClock();
    private final ManualExecutor workers = new ManualExecutor();
    private final ManualExecutor closers = new ManualExecutor();
    private final Counters counters = new Counters();
    private final Sessions sessions = new Sessions(new Means(
            limits(10_000),
            new Quotas(QuotaLimits.NONE, clock),
            clock,
            () -> 0.5,
            counters,
            workers,
            closers,
            closers));

    @Test
    void theFattestGoUntilTheOthersHaveRoom() {
        Session thin = waiting(1_000);
        Session fattest = waiting(6_000);
        Session fat = waiting(5_000);
        Session medium = waiting(4_000);

        sessions.check();

        assertThat(sessions.all()).containsExactlyInAnyOrder(thin, fat, medium);
        assertThat(fattest.isOpen()).isFalse();
        assertThat(counters.snapshot()).containsEntry("sessions.shed", 1L).containsEntry("sessions.closed.3008", 1L);
        sessions.check();
        assertThat(sessions.count()).isEqualTo(3);
    }

    @Test
    void asManyGoAsMust() {
        Session thin = waiting(1_000);
        waiting(9_000);
        waiting(8_000);
        Session medium = waiting(2_000);

        sessions.check();
        assertThat(sessions.all()).containsExactlyInAnyOrder(thin, medium);
    }

    @Test
    void upToTheBoundEverybodyStays() {
        waiting(6_000);
        waiting(4_000);

        sessions.check();
        assertThat(sessions.count()).isEqualTo(2);
    }

    @Test
    void whatWaitedForThoseWhoAreGoneCostsNobodyElse() {
        RecordingConnection deaf = new RecordingConnection();
        Session stalled = waiting(9_000, deaf);
        clock.advance(Duration.ofSeconds(6));
        Session other = waiting(4_000);

        sessions.check(); // the stalled one is given up for its own sake
        closers.runAll();

        assertThat(stalled.isOpen()).isFalse();
        assertThat(deaf.closed()).contains(Disconnect.SLOW);
        assertThat(other.isOpen()).isTrue();
        assertThat(counters.snapshot()).doesNotContainKey("sessions.shed");
    }

    private Session waiting(int bytes) {
        return waiting(bytes, new RecordingConnection());
    }

    /** A session with so much behind a write in flight. */
    private Session waiting(int bytes, RecordingConnection connection) {
        Session session = sessions.open(connection.hold(), new NativeCodec(), Caller.UNKNOWN);
        session.connect(Identity.ANONYMOUS);
        session.write(List.of(Frame.of("in flight")));
        session.write(List.of(Frame.of("x".repeat(bytes))));
        return session;
    }

    private static Limits limits(int waiting) {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                usual.pingInterval(),
                usual.pongTimeout(),
                usual.connectTimeout(),
                usual.stallLimit(),
                usual.pingAfter(),
                usual.window(),
                usual.windowTimeout(),
                usual.frameSize(),
                usual.outboxSize(),
                waiting,
                usual.subscriptions());
    }
}
