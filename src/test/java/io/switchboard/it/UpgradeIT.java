package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad opening handshakes and bad HTTP (RFC 6455, section 4.2): a status, the end of the connection, never a half state. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class UpgradeIT {
    private static final String NATIVE = "/connection/websocket";

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return War.with(Stage.lines(), ProbeServlet.class);
    }

    @AfterEach
    void servesAsBefore() throws IOException {
        try (var client = RawWebSocket.open(site().ws("/echo?raw"))) {
            client.send(Frame.text("still here"));
            assertThat(client.receiveMessage().text()).isEqualTo("still here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NATIVE, "/echo", "/pipe/plain:x"})
    void plainRequestIsToldToUpgrade(String path) throws IOException {
        assertUpgradeRequired(RawHttp.handshake(site(), path, "Upgrade:-", "Connection:-"));
        assertUpgradeRequired(RawHttp.handshake(site(), path, "Upgrade:-"));
        assertUpgradeRequired(RawHttp.handshake(site(), path, "Connection: keep-alive"));
        assertUpgradeRequired(RawHttp.handshake(site(), path, "Upgrade: websockets"));
        assertUpgradeRequired(RawHttp.handshake(site(), path, "Upgrade: TLS/1.3"));
        assertUpgradeRequired(RawHttp.handshake(site(), path, "Upgrade: websocket", "Upgrade: websocket"));
        assertUpgradeRequired(RawHttp.handshake(site(), path, "Upgrade: TLS/1.3, websocket"));
        assertUpgradeRequired(RawHttp.handshake(site(), path, "Upgrade: TLS/1.3", "Upgrade: websocket"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"12", "0", "", "8", "14", "13, 8", "8, 13", "013", "+13", "13;", "x", "-13", "1e1", "99999999999"
            })
    void onlyVersion13IsSpoken(String version) throws IOException {
        assertUpgradeRequired(RawHttp.handshake(site(), NATIVE, "Sec-WebSocket-Version: " + version));
    }

    @Test
    void versionIsSaidOnce() throws IOException {
        assertUpgradeRequired(RawHttp.handshake(site(), NATIVE, "Sec-WebSocket-Version:-"));
        String right = "Sec-WebSocket-Version: 13";
        assertUpgradeRequired(RawHttp.handshake(site(), NATIVE, right, "Sec-WebSocket-Version: 8"));
        assertUpgradeRequired(RawHttp.handshake(site(), NATIVE, "Sec-WebSocket-Version: 8", right));
        assertUpgradeRequired(RawHttp.handshake(site(), NATIVE, right, right));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                " ",
                " x3JJHMbDL1EzLkh9GBhXDw=",
                " x3JJHMbDL1EzLkh9GBhX",
                " x3JJHMbDL1EzLkh9GBhXDwAA",
                " !!!!!!!!!!!!!!!!!!!!!!==",
                " x3JJHMbDL1EzLkh9GBhXDw==, x3JJHMbDL1EzLkh9GBhXDw==",
                " x3JJHMbDL1EzLkh9 GBhXDw==",
                " ===="
            })
    void keyIs16Bytes(String key) throws IOException {
        assertRefused(RawHttp.handshake(site(), NATIVE, "Sec-WebSocket-Key:" + key), 400);
    }

    @Test
    void keyIsSaidOnce() throws IOException {
        String key = "Sec-WebSocket-Key: " + RawWebSocket.KEY;
        assertRefused(RawHttp.handshake(site(), NATIVE, key, key), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "get", "BREW"})
    void handshakeIsGet(String method) throws IOException {
        RawHttp answer =
                RawHttp.ask(site(), RawHttp.handshakeLines(method + " " + site().contextPath() + NATIVE, site()), "");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.ended()).isTrue();
    }

    @Test
    void absoluteFormIsTheSameRequest() throws IOException {
        String origin = "Origin: " + site().origin();
        assertThat(absolute(site().origin(), origin).status()).isEqualTo(101);
        assertThat(absolute(site().origin(), "Origin: https://evil.example").status())
                .isEqualTo(403);
        assertThat(absolute("http://evil.example", origin).status()).isIn(400, 403, 404, 101);
        assertThat(absolute("http://evil.example", "Origin: https://evil.example")
                        .status())
                .isIn(400, 403, 404);
    }

    @Test
    void hundredLongHeadersAreTooMany() throws IOException {
        String[] headers = IntStream.range(0, 100)
                .mapToObj(i -> "X-Long-" + i + ": " + "x".repeat(8_000))
                .toArray(String[]::new);

        int status = RawHttp.handshake(site(), NATIVE, headers).status();

        assertThat(status).isEqualTo(Here.by(400, 101, 400)); // Undertow takes a mebibyte of them;
    }

    @Test
    void bodyHasNoPlaceInAHandshake() throws IOException {
        String smuggled = "GET " + site().contextPath() + "/status HTTP/1.1\r\nHost: x\r\n\r\n";
        for (String[] headers : new String[][] {
            {"Content-Length: " + smuggled.length()},
            {"Transfer-Encoding: chunked"},
            {"Content-Length: 4", "Transfer-Encoding: chunked"},
            {"Transfer-Encoding: chunked", "Transfer-Encoding: identity"},
            {"Transfer-Encoding: xchunked"},
            {"Content-Length: 0", "Content-Length: " + smuggled.length()},
            {"Content-Length: -1"},
            {"Content-Length: +0"}
        }) {
            List<String> lines = RawHttp.handshakeLines("GET " + site().contextPath() + "/echo", site(), headers);
            RawHttp answer = RawHttp.ask(site(), lines, "0\r\n\r\n" + smuggled);
            assertThat(answer.status()).as(String.join(", ", headers)).isIn(400, 501);
            assertThat(answer.body()).as(String.join(", ", headers)).doesNotContain("\"switchboard\"");
            assertThat(answer.ended()).isTrue();
        }
    }

    @Test
    void tokenAmongTheSubprotocolsIsNotEchoed() throws IOException {
        for (String offered : List.of(
                "switchboard.token.abc, centrifuge-json",
                "centrifuge-json, switchboard.token.abc",
                "switchboard.token.abc,centrifuge-json,centrifuge-protobuf")) {
            RawHttp answer = RawHttp.handshake(site(), NATIVE, "Sec-WebSocket-Protocol: " + offered);
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Sec-WebSocket-Protocol")).isEqualTo("centrifuge-json");
        }
        RawHttp alone = RawHttp.handshake(site(), NATIVE, "Sec-WebSocket-Protocol: switchboard.token.abc");
        assertThat(alone.header("Sec-WebSocket-Protocol")).isEmpty();
        assertRefused(RawHttp.handshake(site(), NATIVE, "Sec-WebSocket-Protocol: centrifuge-protobuf"), 400);
    }

    @Test
    void tokenAmongTheSubprotocolsCounts() throws IOException {
        URL url = base;
        try (var client = RawWebSocket.open(
                Site.of(url).ws(NATIVE), "Sec-WebSocket-Protocol: switchboard.token.abc, centrifuge-json")) {
            client.send(Frame.text("{\"id\":1,\"connect\":{}}"));
            assertThat(client.receiveClose()).as("it is not good").isEqualTo(3500);
        }
    }

    @Test
    void tokenInTheAddressCountsForNothing() throws IOException {
        try (var client = RawWebSocket.open(site().ws(NATIVE + "?token=abc"))) {
            client.send(Frame.text("{\"id\":1,\"connect\":{}}"));
            assertThat(client.receiveMessage().text()).contains("\"client\":");
        }
    }

    @Test
    void whatStrangersForwardIsNotBelieved() throws IOException {
        List<RawWebSocket> clients = new ArrayList<>();
        try {
            for (String chain : List.of(
                    "198.51.100.7",
                    "198.51.100.7, 127.0.0.1",
                    "garbage",
                    "127.0.0.1\t,,,;\"",
                    "::::",
                    "x".repeat(5_000))) {
                clients.add(RawWebSocket.open(
                        site().ws(NATIVE),
                        "X-Forwarded-For: " + chain,
                        "Forwarded: for=198.51.100.7;proto=https;host=evil.example"));
            }
            assertThat(probe().ask("sessions", "address", "198.51.100.7").getInt("byAddress"))
                    .isZero();
            assertThat(probe().ask("sessions", "address", "127.0.0.1").getInt("byAddress"))
                    .isGreaterThanOrEqualTo(clients.size());
        } finally {
            for (RawWebSocket client : clients) {
                client.close();
            }
        }
        for (String[] headers : new String[][] {
            {"Origin: https://127.0.0.1:" + site().port(), "X-Forwarded-Proto: https"},
            {"Origin: http://evil.example", "X-Forwarded-Host: evil.example"},
            {"Origin: https://evil.example", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https"},
            {"Origin: https://evil.example", "Forwarded: proto=https;host=evil.example"}
        }) {
            assertRefused(RawHttp.handshake(site(), NATIVE, headers), 403);
        }
        assertThat(RawHttp.handshake(site(), NATIVE, "Origin: " + site().origin(), "X-Forwarded-Proto: https")
                        .status())
                .isEqualTo(101);
    }

    private RawHttp absolute(String site, String origin) throws IOException {
        return RawHttp.ask(
                site(), RawHttp.handshakeLines("GET " + site + site().contextPath() + NATIVE, site(), origin), "");
    }

    private static void assertUpgradeRequired(RawHttp answer) {
        assertRefused(answer, 426);
        assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
        assertThat(answer.header("Upgrade")).isEqualTo("websocket");
    }

    private static void assertRefused(RawHttp answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
        assertThat(answer.ended()).isTrue();
        assertThat(answer.body()).doesNotContain("Exception", "\tat ", "io.switchboard");
    }

    private Site site() {
        return Site.of(base);
    }

    private Probe probe() {
        return new Probe(site());
    }
}
