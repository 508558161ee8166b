package io.switchboard.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One thing after the other. */
class LaneTest {
    private final Lane lane = new Lane();
    private final List<Integer> done = new ArrayList<>();

    @Test
    void whatFollowsWaitsForAnUnfinishedStage() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        lane.add(() -> {
            done.add(1);
            return slow;
        });
        lane.add(() -> finished(2));
        lane.add(() -> finished(3));
        assertThat(done).containsExactly(1);

        slow.completeExceptionally(new IllegalStateException());
        assertThat(done).containsExactly(1, 2, 3);
    }

    @Test
    void manyFinishedStagesDoNotGrowTheStack() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        lane.add(() -> gate);
        for (int i = 0; i < Lane.CAPACITY; i++) {
            int number = i;
            assertThat(lane.add(() -> finished(number))).isTrue();
        }
        assertThat(lane.add(() -> finished(-1))).isFalse();

        gate.complete("go");
        assertThat(done).hasSize(Lane.CAPACITY).isSorted();
    }

    private CompletableFuture<Integer> finished(int number) {
        done.add(number);
        return CompletableFuture.completedFuture(number);
    }
}
