package io.switchboard.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.quota.Rate.Verdict;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rate algorithm against a bucket that is filled and leaks as one would draw it. */
class RateTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int STEPS = 20_000;

    @Test
    void itJudgesLikeABucket() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            Rate rate = new Rate(1 + random.nextInt(200), 1 + random.nextInt(10));
            Bucket bucket = new Bucket(rate);
            long now = random.nextLong(); // the clock may begin anywhere, and pass the largest number
            long emptyAt = now;
            int[] verdicts = new int[Verdict.values().length];

            for (int step = 0; step < STEPS; step++) {
                boolean rest = random.nextInt(1 + (int) rate.perSecond() * rate.burstSeconds()) == 0;
                long later =
                        random.nextLong(rest ? 3 * rate.burstSeconds() * SECOND : (long) (SECOND / rate.perSecond()));
                now += later;
                bucket.leak(later);
                long cost = 1 + random.nextInt(step % 100 < 50 ? 2 : 9);
                Verdict verdict = rate.judge(emptyAt, cost, now);

                if (!bucket.isOnTheEdge(cost)) {
                    assertThat(verdict)
                            .as("seed %d, round %d, step %d", seed, round, step)
                            .isEqualTo(bucket.judge(cost));
                }
                if (verdict != Verdict.END) {
                    emptyAt = rate.fill(emptyAt, cost, now);
                    bucket.fill(cost);
                }
                verdicts[verdict.ordinal()]++;
            }
            assertThat(verdicts).as("seed %d: all three happened", seed).doesNotContain(0);
        }
    }

    @Test
    void withoutALimitEverythingGoes() {
        Rate free = new Rate(0, 1);

        assertThat(free.judge(Long.MAX_VALUE, Long.MAX_VALUE, 0)).isEqualTo(Verdict.ADMIT);
        assertThat(free.fill(0, Long.MAX_VALUE, 7)).isEqualTo(7);
    }

    /** Drips at its rate; holds twice the burst, of which only the first half is admitted. */
    private static final class Bucket {
        private static final double EDGE = 0.01;

        private final Rate rate;
        private double level;

        Bucket(Rate rate) {
            this.rate = rate;
        }

        void leak(long nanos) {
            level = Math.max(0, level - nanos * rate.perSecond() / SECOND);
        }

        void fill(long cost) {
            level += cost;
        }

        Verdict judge(long cost) {
            double burst = rate.burstSeconds() * rate.perSecond();
            return level + cost <= burst ? Verdict.ADMIT : level + cost <= 2 * burst ? Verdict.REFUSE : Verdict.END;
        }

        /** Whether rounding decides. */
        boolean isOnTheEdge(long cost) {
            double burst = rate.burstSeconds() * rate.perSecond();
            return Math.abs(level + cost - burst) < EDGE || Math.abs(level + cost - 2 * burst) < EDGE;
        }
    }
}
