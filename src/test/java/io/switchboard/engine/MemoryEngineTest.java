package io.switchboard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channel.ChannelName;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The memory engine keeps the contract, and forgets what nobody uses. */
class MemoryEngineTest extends EngineContract {
    private final AtomicLong millis = new AtomicLong(1_000_000);

    @Override
    protected Engine engine(EngineListener listener) {
        AtomicInteger epochs = new AtomicInteger();
        Engine engine = new MemoryEngine(millis::get, () -> "epoch" + epochs.incrementAndGet(), Duration.ofHours(1));
        engine.listen(listener);
        return engine;
    }

    @Test
    void publicationsExpireButNotTheTop() {
        Engine engine = listening();
        publish(engine, A, "1");
        millis.addAndGet(Duration.ofMinutes(6).toMillis());
        publish(engine, A, "2");

        millis.addAndGet(Duration.ofMinutes(4).toMillis());
        assertThat(offsets(engine, HistoryQuery.after(0, 10, 1 << 20))).containsExactly(2L);
        millis.addAndGet(Duration.ofMinutes(6).toMillis());
        assertThat(offsets(engine, HistoryQuery.after(0, 10, 1 << 20))).isEmpty();
        assertThat(read(engine, HistoryQuery.TOP).top().offset()).isEqualTo(2);
    }

    @Test
    void anIdleChannelIsForgottenAndComesBackUnderAnotherEpoch() {
        Engine engine = listening();
        Position before = publish(engine, A, "1");

        millis.addAndGet(Duration.ofMinutes(61).toMillis());
        engine.sweep();

        Position after = publish(engine, A, "1");
        assertThat(after.offset()).isEqualTo(1);
        assertThat(after.epoch()).isNotEqualTo(before.epoch());
    }

    @Test
    void aChannelWithoutHistoryIsForgottenAtOnce() {
        MemoryEngine engine = (MemoryEngine) listening();
        for (int i = 0; i < 100; i++) {
            engine.publish(new ChannelName("shouts:" + i), SHOUTS, Publication.of("1"));
        }
        publish(engine, A, "1");

        engine.sweep();

        assertThat(engine.channels()).isEqualTo(1);
    }

    @Test
    void aChannelWithMembersIsNotForgotten() {
        Engine engine = listening();
        Position before = publish(engine, A, "1");
        engine.join(A, ROOMS, member("ann", "c1"));

        millis.addAndGet(Duration.ofDays(7).toMillis());
        engine.sweep();

        assertThat(publish(engine, A, "2")).isEqualTo(new Position(before.epoch(), 2));
    }
}
