package io.switchboard.it;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** One dialect through four doors: WebSocket, HTTP stream, server-sent events, long polling. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DoorsIT implements DoorChecks, CrowdChecks, LongPollChecks, RequestChecks, OneWayChecks {
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return Account.war(Stage.lines(
                "switchboard.pong-timeout=20s", // two thousand clients in one process may take their time
                "switchboard.connections-per-address=0",
                "switchboard.connections-unconnected=0",
                "switchboard.handshakes=0",
                "switchboard.handshakes-per-address=0"));
    }

    @Override
    public Site site() {
        return Site.of(base);
    }
}
