package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many clients through different doors in one channel. */
interface CrowdChecks {
    int EACH = 1_000;
    int COUNT = 100;

    Site site();

    @Test
    default void thousandPollersHearWhatAThousandSocketsHear() throws InterruptedException, ExecutionException {
        String channel = fresh("big");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<LiveClient>> opening = new ArrayList<>();
        for (int i = 0; i < 2 * EACH; i++) {
            Door door = i % 2 == 0 ? Door.LONG_POLL : Door.WEBSOCKET;
            opening.add(threads.submit(() -> {
                LiveClient client = LiveClient.connect(site(), door);
                client.ask("subscribe", "{'channel':'%s'}", channel);
                return client;
            }));
        }
        List<LiveClient> all = new ArrayList<>();
        try {
            for (Future<LiveClient> next : opening) {
                all.add(next.get());
            }
            assertThat(new Probe(site()).sessions()).isGreaterThanOrEqualTo(2 * EACH);

            for (int first = 1; first <= COUNT; first += COUNT / 10) {
                new Probe(site()).publish(channel, first, COUNT / 10, 50, 0);
            }

            List<Integer> offsets = IntStream.rangeClosed(1, COUNT).boxed().toList();
            for (LiveClient client : all) {
                List<Integer> heard = new ArrayList<>();
                while (heard.size() < COUNT) {
                    heard.add(client.push(channel, "pub").getInt("offset"));
                }
                assertThat(heard).isEqualTo(offsets);
                assertThat(client.has(channel, "pub")).isFalse();
            }
        } finally {
            all.forEach(LiveClient::close);
            threads.shutdownNow();
        }
    }
}
