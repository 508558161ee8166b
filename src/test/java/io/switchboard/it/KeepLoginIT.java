package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With {@code keep-login-alive} what a user says counts like a request of his HTTP session, and pings do not. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class KeepLoginIT {
    private static final int IDLE = 3;
    private static final int WORDS = 8;
    /** Ours, or Undertow's own. */
    private static final List<Integer> EXPIRED = List.of(3005, Here.by(3005, 1008, 3005));

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return Account.war(Stage.lines(
                "switchboard.keep-login-alive=true", "switchboard.ping-interval=2s", "switchboard.pong-timeout=1s"));
    }

    @Test
    void loginLastsAsLongAsItsUserSaysSomething() throws InterruptedException {
        Account ann = Account.login(Site.of(base), "ann", "reader");
        try (var client = ann.connect()) {
            ann.ask("idle&seconds=" + IDLE);
            for (int i = 0; i < WORDS; i++) {
                Thread.sleep(1_000);
                client.publish(fresh("big"), String.valueOf(i));
            }

            assertThat(ann.ask("nothing"))
                    .as("still logged in, with his usual time")
                    .isEqualTo("ann " + IDLE);
            client.publish(fresh("big"), "1");
            long start = System.nanoTime();
            assertThat(client.end().code()).isIn(EXPIRED);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("after his last word")
                    .isBetween(Duration.ofSeconds(IDLE - 1), Duration.ofSeconds(IDLE + 2));
        }
    }

    @Test
    void pingsKeepNothingAlive() throws InterruptedException {
        Account ann = Account.login(Site.of(base), "ann", "reader");
        try (var client = ann.connect()) {
            ann.ask("idle&seconds=" + IDLE);
            for (int i = 0; i < WORDS; i++) {
                Thread.sleep(1_000);
                client.publish(fresh("big"), String.valueOf(i));
            }
            long start = System.nanoTime();
            client.ping();

            assertThat(client.end().code()).isIn(EXPIRED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(IDLE + 2));
        }
        Thread.sleep(2_000); // some containers count from the last extension: they are told that it is over
        assertThat(ann.ask("nothing")).startsWith("null ");
    }
}
