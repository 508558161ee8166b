package io.switchboard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.channel.OnLag;
import io.switchboard.channel.Recovery;
import io.switchboard.channel.Rule;
import io.switchboard.message.ClientInfo;
import io.switchboard.message.News;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every engine does. */
abstract class EngineContract {
    protected static final Namespace ROOMS = namespace(10, true);
    protected static final Namespace SHOUTS = namespace(0, false);
    protected static final ChannelName A = new ChannelName("rooms:a");
    protected static final ChannelName B = new ChannelName("rooms:b");

    private final List<News> heard = new CopyOnWriteArrayList<>();

    /** An empty engine that tells this listener. */
    protected abstract Engine engine(EngineListener listener);

    @Test
    void publicationsAreNumberedFromOneInEachChannel() {
        Engine engine = listening();

        Position first = publish(engine, A, "1");
        assertThat(first.offset()).isEqualTo(1);
        assertThat(publish(engine, A, "2")).isEqualTo(new Position(first.epoch(), 2));
        assertThat(publish(engine, B, "1").offset()).isEqualTo(1);
        assertThat(publish(engine, B, "2").epoch()).isNotEqualTo(first.epoch()).isNotEmpty();
    }

    @Test
    void listenersHearWhatWasPublishedWithItsNumber() {
        Engine engine = listening();
        publish(engine, A, "1");
        engine.publish(new ChannelName("shouts:a"), SHOUTS, Publication.of("2"));

        assertThat(heard).extracting(news -> ((Publication) news).data()).containsExactly("1", "2");
        assertThat(heard).extracting(news -> ((Publication) news).offset()).containsExactly(1L, 0L);
    }

    @Test
    void manyPublishersMakeOneOrder() throws InterruptedException {
        Engine engine = listening();
        ExecutorService publishers = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4_000; i++) {
            publishers.execute(() -> publish(engine, A, "1"));
        }
        publishers.shutdown();
        assertThat(publishers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        assertThat(heard).hasSize(4_000);
        for (int i = 0; i < heard.size(); i++) {
            assertThat(((Publication) heard.get(i)).offset()).isEqualTo(i + 1L);
        }
    }

    @Test
    void historyKeepsTheNewestAndKnowsTheTop() {
        Engine engine = listening();
        for (int i = 1; i <= 15; i++) {
            publish(engine, A, String.valueOf(i));
        }

        assertThat(offsets(engine, HistoryQuery.after(0, 100, 1 << 20)))
                .containsExactly(6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L);
        assertThat(offsets(engine, HistoryQuery.after(13, 100, 1 << 20))).containsExactly(14L, 15L);
        assertThat(offsets(engine, HistoryQuery.after(7, 2, 1 << 20))).containsExactly(8L, 9L);
        assertThat(offsets(engine, HistoryQuery.LATEST)).containsExactly(15L);
        assertThat(offsets(engine, new HistoryQuery(OptionalLong.of(10), true, 2, 1 << 20)))
                .containsExactly(9L, 8L);
        assertThat(offsets(engine, HistoryQuery.TOP)).isEmpty();
        assertThat(read(engine, HistoryQuery.TOP).top().offset()).isEqualTo(15);
    }

    @Test
    void aPageEndsWithItsBytesButIsNeverEmptyForThat() {
        Engine engine = listening();
        for (int i = 1; i <= 5; i++) {
            publish(engine, A, "\"" + "x".repeat(1_000) + "\"");
        }

        assertThat(offsets(engine, HistoryQuery.after(0, 100, 2_000))).containsExactly(1L, 2L);
        assertThat(offsets(engine, HistoryQuery.after(2, 100, 1))).containsExactly(3L);
    }

    @Test
    void forgettingLeavesTopAndEpoch() {
        Engine engine = listening();
        Position top = publish(engine, A, "1");

        assertThat(now(engine.forget(A, ROOMS))).isEqualTo(top);
        assertThat(offsets(engine, HistoryQuery.after(0, 100, 1 << 20))).isEmpty();
        assertThat(publish(engine, A, "2")).isEqualTo(new Position(top.epoch(), 2));
    }

    @Test
    void membersAreThereOnceAndTellOfThemselves() {
        Engine engine = listening();
        ClientInfo ann = member("ann", "c1");

        assertThat(now(engine.join(A, ROOMS, ann))).isTrue();
        assertThat(now(engine.join(A, ROOMS, ann))).isFalse();
        assertThat(now(engine.members(A))).containsExactly(java.util.Map.entry("c1", ann));
        assertThat(now(engine.leave(A, ROOMS, ann))).isTrue();
        assertThat(now(engine.leave(A, ROOMS, ann))).isFalse();
        assertThat(now(engine.members(A))).isEmpty();
        assertThat(heard).containsExactly(new News.Join(ann), new News.Leave(ann));
    }

    protected static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    protected static Position publish(Engine engine, ChannelName channel, String json) {
        return now(engine.publish(channel, ROOMS, Publication.of(json)));
    }

    protected static History read(Engine engine, HistoryQuery query) {
        return now(engine.history(A, ROOMS, query));
    }

    protected static List<Long> offsets(Engine engine, HistoryQuery query) {
        return read(engine, query).publications().stream()
                .map(Publication::offset)
                .toList();
    }

    protected static ClientInfo member(String user, String client) {
        return new ClientInfo(user, client, Optional.empty(), Optional.empty());
    }

    protected Engine listening() {
        return engine((channel, news) -> heard.add(news));
    }

    private static Namespace namespace(int history, boolean members) {
        Rule anyone = Rule.parse("anyone");
        return new Namespace(
                "rooms",
                history,
                Duration.ofMinutes(10),
                members,
                members,
                history > 0 ? Recovery.STREAM : Recovery.OFF,
                anyone,
                anyone,
                anyone,
                anyone,
                OnLag.RESUBSCRIBE);
    }
}
