package io.switchboard.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.Disconnect;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signs of life: pings, pongs, and the bytes a peer owes an answer for. */
class PulseTest {
    private static final int KIB = 1 << 10;

    private final ManualClock clock = new ManualClock();
    private final Pulse pulse = new Pulse(Limits.DEFAULT, clock.getAsLong());

    @BeforeEach
    void connect() {
        pulse.start(clock.getAsLong(), 0.5);
    }

    @Test
    void theFirstPingIsDueBetweenHalfAndAWholeInterval() {
        after(Duration.ofSeconds(18));
        assertThat(pulse.wantsPing(now())).isFalse();
        after(Duration.ofSeconds(1));
        assertThat(pulse.wantsPing(now())).isTrue();
    }

    @Test
    void whoDoesNotAnswerForEightSecondsIsGivenUp() {
        pulse.ping(now(), 0.5);

        after(Duration.ofSeconds(8));
        assertThat(pulse.verdict(now())).isEmpty();
        after(Duration.ofMillis(1));
        assertThat(pulse.verdict(now())).contains(Disconnect.NO_PONG);
    }

    @Test
    void anythingHeardProvesLifeForAsLongAsAnIdlePeerMayBeSilent() {
        pulse.ping(now(), 0.5);
        after(Duration.ofSeconds(5));
        pulse.heard(now());

        after(Duration.ofSeconds(25 + 8));
        assertThat(pulse.verdict(now())).isEmpty();
        after(Duration.ofMillis(1));
        assertThat(pulse.verdict(now())).contains(Disconnect.NO_PONG);
    }

    @Test
    void manyBytesBringAPingAtOnce() {
        pulse.wrote(256 * KIB);
        assertThat(pulse.wantsPing(now())).isFalse();
        pulse.wrote(1);
        assertThat(pulse.wantsPing(now())).isTrue();
    }

    @Test
    void aFullWindowOpensWithTheAnswerToItsPing() {
        pulse.wrote(300 * KIB);
        pulse.ping(now(), 0.5);
        pulse.wrote(700 * KIB);

        assertThat(pulse.admits(64 * KIB, now())).isFalse();
        pulse.ponged();
        assertThat(pulse.admits(64 * KIB, now())).isTrue();
    }

    @Test
    void aPongProvesOnlyWhatWasWrittenBeforeItsPing() {
        pulse.wrote(300 * KIB);
        pulse.ping(now(), 0.5);
        pulse.wrote(1024 * KIB);
        pulse.ponged();

        assertThat(pulse.admits(KIB, now())).isFalse();
        assertThat(pulse.wantsPing(now())).isTrue();
    }

    @Test
    void pongsThatNobodyAskedForProveNothing() {
        pulse.wrote(1024 * KIB);
        pulse.ponged();
        pulse.ponged();

        assertThat(pulse.admits(1, now())).isFalse();
    }

    @Test
    void aSlowPeerHasThirtySecondsForAFullWindow() {
        pulse.wrote(1000 * KIB);
        pulse.ping(now(), 0.5);
        assertThat(pulse.admits(64 * KIB, now())).isFalse();

        after(Duration.ofSeconds(30));
        assertThat(pulse.verdict(now())).isEmpty();
        after(Duration.ofSeconds(1));
        assertThat(pulse.verdict(now())).contains(Disconnect.SLOW);
    }

    @Test
    void aFrameLargerThanTheWindowGoesOutAlone() {
        assertThat(pulse.admits(5000 * KIB, now())).isTrue();
        pulse.wrote(1);
        assertThat(pulse.admits(5000 * KIB, now())).isFalse();
        assertThat(pulse.wantsPing(now())).isTrue();
    }

    private void after(Duration time) {
        clock.advance(time);
    }

    private long now() {
        return clock.getAsLong();
    }
}
