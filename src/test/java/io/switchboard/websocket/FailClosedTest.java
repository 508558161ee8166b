package io.switchboard.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.access.Caller;
import io.switchboard.it.RawWebSocket;
import io.switchboard.session.Sessions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container that skips filters for endpoints, as Jetty does: there is nobody who could have let anybody in. */
class FailClosedTest {
    @ParameterizedTest
    @ValueSource(strings = {"/connection/websocket", "/echo", "/pipe/chat:x"})
    void nobodyGetsInPastTheFilter(String path) throws Exception {
        try (var doors = DoorFixture.withoutFilter();
                var client = RawWebSocket.connect(doors.uri(path))) {
            assertThat(client.handshake(RawWebSocket.KEY).status()).isEqualTo(403);
            assertThat(doors.bean(Sessions.class).count()).isZero();
        }
    }

    @Test
    void whoCameIsForgottenAfterwards() {
        Arrivals arrivals = new Arrivals();
        arrivals.set(new Arrival(Caller.UNKNOWN, true, Optional.empty()));
        arrivals.clear();

        assertThat(arrivals.get()).isEqualTo(Arrival.UNKNOWN);
    }
}
