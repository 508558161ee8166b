package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the living are told from the dead, whichever door they came through; for a site that pings every two seconds. */
interface PingChecks {
    Site site();

    @ParameterizedTest
    @EnumSource
    default void whoAnswersNoPingIsGivenUp(Door door) {
        try (var ann = LiveClient.silent(site(), door)) {
            assertThat(ann.end()).isEqualTo(new Inbox.End(3012, "no pong"));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void whoAnswersPingsStaysAndWhoDisappearsLeaves(Door door) {
        String channel = fresh("big");
        String id;
        try (var ann = LiveClient.connect(site(), door)) {
            ann.subscribe(channel);
            ann.push(channel, "join");
            try (var bob = LiveClient.connect(site(), door)) {
                bob.subscribe(channel);
                ann.push(channel, "join");
                bob.ping();
                bob.ping();
                ann.publish(channel, "1");
                assertThat(bob.heard(channel)).isEqualTo("1");
            }
            ann.push(channel, "leave");
            id = ann.id();
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> new Probe(site()).ask("sessions", "client", id).getInt("byId") == 0);
    }

    @Test
    default void readerOfAOneWayStreamNeedNotAnswer() {
        String channel = fresh("big");
        try (var events = EventSource.open(site(), "/connection/uni_sse?channel=" + channel)) {
            for (int pings = 0; pings < 3; pings++) {
                events.next("{}");
            }
            new Probe(site()).ask("publish", "channel", channel, "data", "1");
            assertThat(events.next("pub").data()).contains("\"data\":1");
        }
    }
}
