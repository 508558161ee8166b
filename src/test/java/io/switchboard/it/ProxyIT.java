package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behind a proxy of ours on this machine: what it says counts, what its clients made up does not. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ProxyIT {
    private static final String NATIVE = "/connection/websocket";

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return War.with(
                Stage.lines(
                        "switchboard.proxies=127.0.0.1,10.0.0.0/8",
                        "switchboard.token.in-query=true",
                        "switchboard.connect-timeout=2s"), // after which Payara's are gone that hung up at once
                ProbeServlet.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: 198.51.100.1                                    | 198.51.100.1",
                "X-Forwarded-For: 198.51.100.66, 198.51.100.2                     | 198.51.100.2",
                "X-Forwarded-For: 198.51.100.66, 198.51.100.3, 10.1.2.3           | 198.51.100.3",
                "X-Forwarded-For: 198.51.100.66, 198.51.100.4, 10.1.2.3, 127.0.0.1 | 198.51.100.4",
                "X-Forwarded-For: garbage, 198.51.100.5                           | 198.51.100.5",
                "X-Forwarded-For: 198.51.100.66, garbage                          | 127.0.0.1",
                "X-Forwarded-For: 198.51.100.66, garbage, 10.9.9.9                | 10.9.9.9",
                "X-Forwarded-For: 198.51.100.66, 10.8.8.8'                        | 127.0.0.1",
                "Forwarded: for=198.51.100.66, for=198.51.100.67                  | 127.0.0.1"
            })
    void addressIsTheRightmostThatIsNoneOfOurs(String header, String address) throws IOException {
        await().until(() -> new Probe(site()).sessions() == 0);
        try (var client = RawWebSocket.open(site().ws(NATIVE), header)) {
            await().untilAsserted(() -> assertThat(at(address)).as(header).isEqualTo(1));
            assertThat(at("198.51.100.66")).as("what the client made up").isZero();
            assertThat(client).isNotNull();
        }
    }

    @Test
    void originIsTheOneThatTheProxyShows() throws IOException {
        String shown = "X-Forwarded-Host: live.example.org";
        String https = "X-Forwarded-Proto: https";
        assertThat(status("Origin: https://live.example.org", shown, https)).isEqualTo(101);
        assertThat(status("Origin: http://live.example.org", shown)).isEqualTo(101);
        assertThat(status("Origin: https://127.0.0.1:" + site().port(), https)).isEqualTo(101);
        assertThat(status("Origin: https://live.example.org", shown))
                .as("scheme")
                .isEqualTo(403);
        assertThat(status("Origin: http://live.example.org", shown, https)).isEqualTo(403);
        assertThat(status("Origin: " + site().origin(), shown, https))
                .as("the inner name")
                .isEqualTo(403);
        assertThat(status("Origin: https://evil.example", shown, https)).isEqualTo(403);
        assertThat(status(
                        "Origin: https://live.example.org", "X-Forwarded-Host: evil.example, live.example.org", https))
                .as("the last one is the proxy's")
                .isEqualTo(101);
        assertThat(status("Origin: https://evil.example", "X-Forwarded-Host: evil.example, live.example.org", https))
                .isEqualTo(403);
    }

    @Test
    void secondHeaderIsTheProxysAsWell() throws IOException {
        String[] headers = {
            "X-Forwarded-Host: evil.example", "X-Forwarded-Host: live.example.org", "X-Forwarded-Proto: https"
        };
        assertThat(status(with("Origin: https://evil.example", headers))).isEqualTo(403);
        assertThat(status(with("Origin: https://live.example.org", headers))).isEqualTo(101);
    }

    @Test
    void tokenInTheAddressCountsWhereItIsSwitchedOn() throws IOException {
        try (var client = RawWebSocket.open(site().ws(NATIVE + "?token=abc"))) {
            client.send(Frame.text("{\"id\":1,\"connect\":{}}"));
            assertThat(client.receiveClose()).as("it is not good").isEqualTo(3500);
        }
    }

    private static String[] with(String first, String... more) {
        String[] all = new String[more.length + 1];
        all[0] = first;
        System.arraycopy(more, 0, all, 1, more.length);
        return all;
    }

    private int status(String... headers) throws IOException {
        return RawHttp.handshake(site(), NATIVE, headers).status();
    }

    private int at(String address) {
        return new Probe(site()).ask("sessions", "address", address).getInt("byAddress");
    }

    private Site site() {
        return Site.of(base);
    }
}
