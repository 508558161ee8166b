package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shortcut of each container: it is taken, and keeps its frames and the container's own apart. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ShortcutIT {
    private static final int TINY = 4 << 10;
    private static final int ROUNDS = 10; // few, since Tomcat gives up after a second in which a pong finds no room
    private static final int EACH = 32;
    private static final int SIZE = 16 << 10; // 5 MiB in all: more than the kernels take, less than the window

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return War.with(Stage.lines("switchboard.ping-after=15MiB", "switchboard.window=16MiB"), ProbeServlet.class);
    }

    @Test
    void containersOfTheseVersionsHaveOne() throws IOException {
        long before = probe().counter("sessions.shortcut");
        try (var client = NativeClient.subscribed(site(), fresh("big"), TINY)) {
            assertThat(probe().counter("sessions.shortcut")).isEqualTo(before + 1);
        }
    }

    @Test
    void pongsOfTheContainerStandBetweenFramesHoweverFullTheSocketIs() throws IOException {
        String channel = fresh("big");
        try (var client = NativeClient.subscribed(site(), channel, TINY)) {
            for (int round = 0; round < ROUNDS; round++) {
                probe().publish(channel, round * EACH + 1, EACH, SIZE, 0);
                client.pingContainer();
            }

            for (int number = 1; number <= ROUNDS * EACH; number++) {
                assertThat(NativeClient.number(client.hear())).contains(number);
            }
            // reads the pongs that stand behind the last publication
            probe().publish(channel, ROUNDS * EACH + 1, 1, SIZE, 0);
            assertThat(NativeClient.number(client.hear())).contains(ROUNDS * EACH + 1);
            assertThat(client.pongs()).isPositive();
        }
    }

    private Site site() {
        return Site.of(base);
    }

    private Probe probe() {
        return new Probe(site());
    }
}
