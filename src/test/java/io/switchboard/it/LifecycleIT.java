package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the module leaves: what its clients are told, and that nothing of it stays behind. */
class LifecycleIT {
    private static final int NOBODY = 1006;
    private static final int REDEPLOYS = 20;
    private static final boolean WILDFLY = "wildfly".equals(System.getProperty("container"));
    /**
     * Class loaders that may stay, however many came: the JDK's {@code ObjectMethods} keeps that of a record it compared,
     * Payara's log pump and a few of WildFly's worker threads the one in whose context they were made.
     */
    private static final int KEPT = 4;

    private static final int GOING_AWAY = 1001;
    private static final int SERVICE_RESTART = 1012;
    private static final String KNOWN_CLASS = "io.switchboard.boot.Exchange";

    private OwnServer server;

    @BeforeEach
    void start() throws IOException {
        server = OwnServer.start();
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    @Test
    void terminationTellsEveryClientToComeBack() throws IOException, InterruptedException {
        Assumptions.assumeTrue(server.canBeTerminated(), "this system can only kill");
        try (Clients clients = new Clients(server.site())) {
            server.terminate();
            // WildFly suspends before it stops, which closes sockets before any application hears of it
            assertThat(clients.closeCodes()).containsOnly(WILDFLY ? GOING_AWAY : SERVICE_RESTART);
            assertThat(server.ended()).as("the server ends").isTrue();
        }
        assertThat(server.console()).noneMatch(LifecycleIT::isTraceOfOurs);
    }

    @Test
    void undeployTellsEveryClientToComeBackAndLeavesNothingBehind() throws IOException {
        assertThat(classLoaders()).isNotEmpty();
        for (int i = 0; i < REDEPLOYS; i++) {
            try (Clients clients = new Clients(server.site());
                    var stream = LiveClient.connect(server.site(), Door.STREAM);
                    var poller = LiveClient.connect(server.site(), Door.LONG_POLL)) {
                server.undeploy();
                assertThat(clients.closeCodes())
                        .as("close codes at undeploy %d", i)
                        .containsOnly(SERVICE_RESTART);
                assertThat(stream.end().code()).as("the same without WebSocket").isEqualTo(SERVICE_RESTART);
                assertThat(poller.end().code())
                        .as("between two polls it finds nobody")
                        .isIn(SERVICE_RESTART, NOBODY);
            }
            server.deploy();
        }
        server.undeploy();

        assertThat(server.diagnose("Thread.print"))
                .anyMatch(line -> line.startsWith("\""))
                .noneMatch(line -> line.startsWith("\"switchboard-"));
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    server.diagnose("GC.run");
                    assertThat(classLoaders())
                            .as("class loaders left by %d deployments", REDEPLOYS + 1)
                            .hasSizeLessThanOrEqualTo(KEPT);
                });
        assertThat(server.console()).noneMatch(LifecycleIT::isTraceOfOurs);
    }

    /** Whether a line belongs to a stack trace that went through the module. */
    private static boolean isTraceOfOurs(String line) {
        return line.strip().startsWith("at io.switchboard.");
    }

    /** One line for each class loader that has loaded the module and is not forgotten yet. */
    private List<String> classLoaders() throws IOException {
        return server.diagnose("VM.class_hierarchy", KNOWN_CLASS).stream()
                .filter(line -> line.contains(KNOWN_CLASS))
                .toList();
    }

    /** One client at each door. */
    private static final class Clients implements AutoCloseable {
        private final Site site;
        private final List<RawWebSocket> all = new ArrayList<>();

        Clients(Site site) throws IOException {
            this.site = site;
            RawWebSocket reader = open("/connection/websocket");
            reader.send(Frame.text("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"chat:all\"}}"));
            assertThat(reader.receiveMessage().text()).contains("\"connect\":");
            RawWebSocket echo = open("/echo?raw");
            echo.send(Frame.text("Hello"));
            assertThat(echo.receiveMessage().text()).isEqualTo("Hello");
            RawWebSocket pipe = open("/pipe/chat:all");
            pipe.send(Frame.text("Hello"));
            assertThat(pipe.receiveMessage().text()).isEqualTo("Hello");
        }

        List<Integer> closeCodes() throws IOException {
            List<Integer> codes = new ArrayList<>();
            for (RawWebSocket client : all) {
                codes.add(client.receiveClose());
            }
            return codes;
        }

        @Override
        public void close() throws IOException {
            for (RawWebSocket client : all) {
                client.close();
            }
        }

        private RawWebSocket open(String path) throws IOException {
            RawWebSocket client = RawWebSocket.open(site.ws(path));
            all.add(client);
            return client;
        }
    }
}
