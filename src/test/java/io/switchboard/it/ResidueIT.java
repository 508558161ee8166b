package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What bad input leaves behind in a server: no session, no thread, no memory, and no word in its log. */
class ResidueIT {
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern TRACE = Pattern.compile("^\\s+at .*|.*(Exception|Error\\b).*");
    private static final Duration PATIENCE =
            Duration.ofSeconds(150); // pools of containers let idle threads go after 60 s
    private static final int PONGS = 50_000; // Undertow keeps 16 KiB of each until it has told the endpoint
    private static final int PINGS = 1_000;
    private static final int TYRUS_FAILED = 1011; // which it logs with a stack trace of its own
    private static final long SLACK = 2 << 20;

    private OwnServer server;
    private Probe probe;

    @BeforeEach
    void start() throws IOException {
        Path folder = Files.createTempDirectory(Path.of(System.getProperty("basedir"), "target"), "war-");
        Path war = folder.resolve("switchboard.war");
        War.with(Stage.lines(Stage.UNHURRIED), ProbeServlet.class)
                .as(ZipExporter.class)
                .exportTo(war.toFile());
        server = OwnServer.start(OwnServer.Setup.ofProfile(Map.of()).serving(war));
        probe = new Probe(server.site());
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    @Test
    void badInputLeavesNothingBehind() throws IOException {
        misbehave(10_000); // everything is loaded, and every pool as large as it will be
        settle();
        List<String> threads = threads();
        long heap = heap();
        int lines = server.console().size();

        misbehave(1_000_000);
        settle();

        assertThat(server.console().stream().skip(lines))
                .as("log")
                .noneMatch(line -> TRACE.matcher(line).matches());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(threads()).hasSizeLessThanOrEqualTo(threads.size()));
        assertThat(threads().stream().filter(ResidueIT::isOurs))
                .containsExactlyInAnyOrderElementsOf(
                        threads.stream().filter(ResidueIT::isOurs).toList());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(heap()).isLessThan(heap + heap / 20 + SLACK));
    }

    /** Everything that ends a session, and floods, one of them of this many fragments. */
    private void misbehave(int fragments) throws IOException {
        try (Bystander bystander = new Bystander(server.site())) {
            for (Mischief mischief : Mischief.all().toList()) {
                if (mischief.code() != TYRUS_FAILED) {
                    assertThat(bystander.endAfter(mischief)).as(mischief.what()).isEqualTo(mischief.code());
                }
            }
            flood(bystander, Frame.of(Frame.CONTINUATION, "").unfinished(), fragments);
            flood(bystander, Frame.of(Frame.PONG, ""), PONGS);
            flood(bystander, Frame.of(Frame.PING, ""), PINGS);
            bystander.assertUnharmed();
        }
    }

    private static void flood(Bystander bystander, Frame frame, int count) throws IOException {
        try (var socket = bystander.connect()) {
            socket.send(Frame.text("").unfinished());
            FloodChecks.flood(socket, frame, count);
            socket.send(Frame.of(Frame.CONTINUATION, "{"));
            assertThat(socket.receiveClose()).isEqualTo(3501);
        }
    }

    private void settle() {
        await().until(() -> probe.sessions() == 0);
    }

    /** Bytes of what is reachable. */
    private long heap() throws IOException {
        return server.diagnose("GC.class_histogram").stream()
                .map(TOTAL::matcher)
                .filter(Matcher::find)
                .mapToLong(total -> Long.parseLong(total.group(1)))
                .findFirst()
                .orElseThrow();
    }

    /** Names of all threads. */
    private List<String> threads() throws IOException {
        return server.diagnose("Thread.print").stream()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .sorted()
                .toList();
    }

    private static boolean isOurs(String thread) {
        return thread.startsWith("switchboard-");
    }
}
