package io.switchboard.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.access.Access;
import io.switchboard.access.Caller;
import io.switchboard.access.Permissions;
import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.channel.Namespaces;
import io.switchboard.channel.OnLag;
import io.switchboard.channel.Recovery;
import io.switchboard.credential.NoTokens;
import io.switchboard.engine.MemoryEngine;
import io.switchboard.json.NativeCodec;
import io.switchboard.message.Command;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import io.switchboard.quota.QuotaLimits;
import io.switchboard.quota.Quotas;
import io.switchboard.session.Connection;
import io.switchboard.session.Counters;
import io.switchboard.session.Frame;
import io.switchboard.session.Limits;
import io.switchboard.session.Means;
import io.switchboard.session.Session;
import io.switchboard.session.Sessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The core under real threads: nothing lost, nothing twice, nothing left behind. */
class RaceTest {
    private static final Namespace NAMESPACE = TestExchange.open("race", 2_000, Recovery.STREAM, OnLag.RESUBSCRIBE);
    private static final ChannelName CHANNEL = new ChannelName("race:a");
    private static final Pattern OFFSET = Pattern.compile("\"data\":\\d+,\"offset\":(\\d+)");
    private static final Pattern ANSWER = Pattern.compile("\"epoch\":\"epoch\"(?:,\"offset\":(\\d+))?");
    private static final NativeCodec CODEC = new NativeCodec();

    private final ExecutorService pool = Executors.newFixedThreadPool(6);
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final Counters counters = new Counters();
    private final MemoryEngine engine =
            new MemoryEngine(() -> System.nanoTime() / 1_000_000, () -> "epoch", Duration.ofHours(1));
    private final Sessions sessions = new Sessions(new Means(
            Limits.DEFAULT,
            new Quotas(QuotaLimits.NONE, System::nanoTime),
            System::nanoTime,
            () -> 0.5,
            counters,
            workers,
            workers,
            workers));
    private final Hub hub = new Hub(engine, new TailLimits(64, 1 << 20, 64 << 10), workers, System::nanoTime, counters);
    private final Namespaces namespaces = new Namespaces(List.of(NAMESPACE));
    private final Dispatcher dispatcher = new Dispatcher(
            sessions,
            new Access(
                    TestExchange.credentials(new NoTokens()),
                    new NoTokens(),
                    new Permissions(namespaces),
                    InstantSource.system(),
                    true),
            hub,
            counters,
            "test");
    private final AtomicBoolean publishing = new AtomicBoolean(true);
    private final AtomicLong published = new AtomicLong();

    @AfterEach
    void stop() {
        publishing.set(false);
        pool.shutdownNow();
        workers.shutdownNow();
    }

    @Test
    void whoeverComesWhileOthersPublishReadsWithoutHoleOrRepeat() throws InterruptedException {
        pool.execute(this::publishOn);
        pool.execute(this::publishOn);
        List<Peer> peers = new CopyOnWriteArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            pool.execute(() -> {
                for (int i = 0; i < 1_000; i++) {
                    peers.add(visit());
                }
            });
        }
        await().atMost(Duration.ofSeconds(120)).until(() -> peers.size() == 3_000);
        publishing.set(false);
        pool.shutdown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        assertThat(peers).allSatisfy(Peer::assertGapless);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(hub.channels()).isZero();
            assertThat(sessions.count()).isZero();
            assertThat(engine.members(CHANNEL).toCompletableFuture().join()).isEmpty();
        });
        assertThat(published.get()).isPositive();
    }

    /** Comes, perhaps with an older position, listens a little, and leaves in one way or another. */
    private Peer visit() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Peer peer = new Peer();
        Session session = dispatcher.open(peer, CODEC, Caller.UNKNOWN);
        long top = published.get();
        Optional<Position> since =
                random.nextBoolean() ? Optional.of(new Position("epoch", Math.max(0, top - 100))) : Optional.empty();
        dispatcher.obey(
                session,
                List.of(
                        new Command.Connect(1, Optional.empty(), Map.of()),
                        new Command.Subscribe(
                                2, CHANNEL.value(), Optional.empty(), since, false, false, Optional.empty())));
        for (int i = random.nextInt(50); i > 0; i--) {
            Thread.yield();
        }
        switch (random.nextInt(3)) {
            case 0 -> session.close(Disconnect.FORCED);
            case 1 -> session.gone(1006);
            default -> {
                dispatcher.obey(session, List.of(new Command.Unsubscribe(3, CHANNEL.value())));
                session.gone(1000);
            }
        }
        return peer;
    }

    private void publishOn() {
        while (publishing.get()) {
            engine.publish(CHANNEL, NAMESPACE, Publication.of(String.valueOf(published.incrementAndGet())));
            Thread.yield();
        }
    }

    /** The other end of a connection, which takes every frame at once. */
    private static final class Peer implements Connection {
        private final List<String> frames = new ArrayList<>();

        @Override
        public synchronized void write(Frame frame, Done done) {
            frames.add(((Frame.Text) frame).text());
            done.written(true);
        }

        @Override
        public void close(Disconnect why) {}

        synchronized void assertGapless() {
            String all = String.join("\n", frames);
            Matcher answer = ANSWER.matcher(all);
            if (!answer.find()) {
                return; // left before its answer
            }
            long expected = answer.group(1) == null ? 1 : Long.parseLong(answer.group(1)) + 1;
            assertThat(all.substring(0, answer.start())).doesNotContain("\"pub\"");
            Matcher offsets = OFFSET.matcher(all);
            while (offsets.find()) {
                assertThat(Long.parseLong(offsets.group(1))).isEqualTo(expected++);
            }
        }
    }
}
