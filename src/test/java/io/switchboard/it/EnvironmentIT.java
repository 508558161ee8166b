package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings in the environment of a container, which WildFly's own configuration lists under other names as well. */
class EnvironmentIT {
    @Test
    void aNamespaceMayBeSetByVariablesAlone() throws IOException {
        Map<String, String> environment = Map.of(
                "SWITCHBOARD_PING_INTERVAL", "20s",
                "SWITCHBOARD_NAMESPACES_MARKET_DATA_SUBSCRIBE", "anyone",
                "SWITCHBOARD_NAMESPACES_MARKET_DATA_HISTORY_SIZE", "7");
        try (OwnServer server = OwnServer.start(OwnServer.Setup.ofProfile(environment));
                RawWebSocket client = RawWebSocket.open(server.site().ws("/connection/websocket"))) {
            client.send(Frame.text("""
                    {"id":1,"connect":{}}
                    {"id":2,"subscribe":{"channel":"market-data:x"}}"""));
            assertThat(client.receiveMessage().text()).contains("\"ping\":20");
            assertThat(client.receiveMessage().text()).contains("\"id\":2,\"subscribe\":{\"recoverable\":true");
        }
    }
}
