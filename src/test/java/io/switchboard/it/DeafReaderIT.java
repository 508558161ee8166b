package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Readers who do not read, or not fast enough: what becomes of them, and that nobody else notices. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DeafReaderIT {
    private static final int OTHERS = 199;
    private static final int TINY = 4 << 10;
    private static final int WINDOW = 1 << 20;
    private static final int LARGEST_FRAME = 96 << 10;

    private static final int LAG = 200;
    private static final int LAG_SIZE = 16 << 10;
    private static final int KEYS = 10;
    private static final Pattern MISSED =
            Pattern.compile("\"message\":\\{\"data\":\\{\"sb\":\"missed\",.*\"count\":(\\d+)");

    @ArquillianResource
    private URL base;

    private Site site;
    private Probe probe;

    @Deployment(testable = false)
    static WebArchive war() {
        List<String> settings = new ArrayList<>(List.of(
                "switchboard.window-timeout=5s",
                "switchboard.namespaces.news.history-size=20000",
                "switchboard.namespaces.news.subscribe=anyone"));
        for (String policy : List.of("resubscribe", "skip", "latest")) {
            String namespace = "switchboard.namespaces." + policy + ".";
            settings.add(namespace + "on-lag=" + policy);
            settings.add(namespace + "history-size=20");
            settings.add(namespace + "subscribe=anyone");
        }
        return War.with(settings, ProbeServlet.class);
    }

    @BeforeEach
    void nobodyIsThere() {
        site = Site.of(base);
        probe = new Probe(site);
        await().atMost(Duration.ofSeconds(20)).until(probe::sessions, count -> count == 0);
    }

    @Test
    void deafReaderIsGivenUpAndTheOthersHearEverything() throws IOException {
        int batch = 64;
        int size = 1 << 10;
        long before = probe.counter("bytes.out");
        long closedBefore = deafClosed();
        ExecutorService threads = Executors.newFixedThreadPool(OTHERS);
        List<Reader> readers = new ArrayList<>();
        try (var deaf = NativeClient.subscribed(site, "news:all", TINY)) {
            for (int i = 0; i < OTHERS; i++) {
                readers.add(new Reader(NativeClient.subscribed(site, "news:all", 64 << 10)));
            }
            readers.forEach(threads::execute);
            assertThat(probe.sessions()).isEqualTo(OTHERS + 1);

            int published = 0;
            // on through all stages: he still keeps up, he is stuck, he is closed, he is gone
            while (published * size < 4 * WINDOW || deafClosed() == closedBefore) {
                probe.publish("news:all", published + 1, batch, size, 0);
                published += batch;
                int all = published;
                await().atMost(Duration.ofSeconds(20))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> readers.stream().allMatch(reader -> reader.last == all || reader.isOver()));
                assertThat(readers).extracting(reader -> reader.fault).containsOnly(Optional.empty());
            }

            assertThat(probe.sessions()).isEqualTo(OTHERS);
            long heard =
                    readers.stream().mapToLong(reader -> reader.client.bytes()).sum();
            assertThat(probe.counter("bytes.out") - before - heard)
                    .as("bytes written to the deaf one, of %d published", (long) published * size)
                    .isBetween((long) WINDOW - LARGEST_FRAME, (long) WINDOW + TINY);
            deaf.drain();
            assertThat(deaf.bytes()).isLessThan(WINDOW + TINY);
        } finally {
            for (Reader reader : readers) {
                reader.client.close();
            }
            threads.shutdown();
        }

        await().atMost(Duration.ofSeconds(20)).until(probe::sessions, count -> count == 0);
    }

    @Test
    void laggingReaderIsToldToSubscribeAgain() throws IOException {
        try (var reader = NativeClient.subscribed(site, "resubscribe:a", TINY)) {
            probe.publish("resubscribe:a", 1, LAG, LAG_SIZE, 0);

            List<Integer> heard = new ArrayList<>();
            String line = reader.hear();
            for (; NativeClient.number(line).isPresent(); line = reader.hear()) {
                heard.add(NativeClient.number(line).get());
                assertThat(heard).as("publications before the hole").hasSizeLessThan(LAG);
            }
            assertThat(heard).containsExactlyElementsOf(numbers(1, heard.size()));
            assertThat(line).contains("\"channel\":\"resubscribe:a\",\"unsubscribe\":{\"code\":2500,");

            reader.subscribe("resubscribe:a");
            probe.publish("resubscribe:a", LAG + 1, 1, LAG_SIZE, 0);
            assertThat(NativeClient.number(reader.hear())).contains(LAG + 1);
        }
    }

    @Test
    void laggingReaderSkipsAheadAndIsToldHowManyItMissed() throws IOException {
        try (var reader = NativeClient.subscribed(site, "skip:a", TINY)) {
            probe.publish("skip:a", 1, LAG, LAG_SIZE, 0);

            int missedInAll = 0;
            for (int last = 0; last < LAG; ) {
                String line = reader.hear();
                int missed = missed(line);
                if (missed == 0) {
                    assertThat(NativeClient.number(line)).as(line).contains(++last);
                }
                missedInAll += missed;
                last += missed;
            }
            assertThat(missedInAll).isPositive();

            probe.publish("skip:a", LAG + 1, 1, LAG_SIZE, 0);
            assertThat(NativeClient.number(reader.hear())).contains(LAG + 1);
        }
    }

    @Test
    void laggingReaderGetsTheLatestOfEachKey() throws IOException {
        try (var reader = NativeClient.subscribed(site, "latest:a", TINY)) {
            probe.publish("latest:a", 1, LAG, LAG_SIZE, KEYS);

            List<Integer> heard = new ArrayList<>(List.of(0));
            int missed = 0;
            while (last(heard) < LAG) {
                String line = reader.hear();
                Optional<Integer> number = NativeClient.number(line);
                number.ifPresent(heard::add);
                missed += missed(line);
                assertThat(heard.size() - 1 + missed).as("nothing lost untold").isGreaterThanOrEqualTo(last(heard));
            }
            assertThat(missed).isPositive().isEqualTo(LAG - (heard.size() - 1));
            assertThat(heard).isSorted().endsWith(numbers(LAG - KEYS + 1, LAG).toArray(Integer[]::new));

            probe.publish("latest:a", LAG + 1, 1, LAG_SIZE, KEYS);
            assertThat(NativeClient.number(reader.hear())).contains(LAG + 1);
        }
    }

    private long deafClosed() {
        return probe.counter("sessions.closed.3008") + probe.counter("sessions.closed.3012");
    }

    /** How many publications the client is told that it missed; 0 if this is something else. */
    private static int missed(String line) {
        Matcher matcher = MISSED.matcher(line);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static int last(List<Integer> numbers) {
        return numbers.get(numbers.size() - 1);
    }

    private static List<Integer> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    /** Reads until its client is closed; whatever is not the next number is a fault. */
    private static final class Reader implements Runnable {
        private final NativeClient client;
        private volatile int last;
        private volatile Optional<String> fault = Optional.empty();

        Reader(NativeClient client) {
            this.client = client;
        }

        boolean isOver() {
            return fault.isPresent();
        }

        @Override
        public void run() {
            try {
                while (true) {
                    String line = client.hear();
                    if (NativeClient.number(line).orElse(-1) != last + 1) {
                        fault = Optional.of("after " + last + " came " + line);
                        return;
                    }
                    last++;
                }
            } catch (IOException e) {
                fault = Optional.of("after " + last + " came " + e);
            }
        }
    }
}
