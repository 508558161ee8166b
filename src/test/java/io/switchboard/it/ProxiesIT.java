package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Behind real proxies: with the recipes of {@code docs/proxies.md}, and as Debian installs them. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ProxiesIT {
    private static final String MADE_UP = "198.51.100.66";
    private static final String[] LIES = {"X-Forwarded-For: " + MADE_UP, "Forwarded: for=" + MADE_UP};
    private static final Set<Door> WITHOUT_UPGRADE = EnumSet.complementOf(EnumSet.of(Door.WEBSOCKET));
    private static final String CONNECT = "{\"id\":1,\"connect\":{}}";

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return Account.war(Stage.lines(
                "switchboard.ping-interval=2s", "switchboard.pong-timeout=1500ms", "switchboard.proxies=127.0.0.1"));
    }

    @ParameterizedTest
    @EnumSource
    void everyDoorWorksWithTheRecipe(OwnProxy.Kind kind) throws IOException {
        String channel = fresh("staff");
        try (OwnProxy proxy = OwnProxy.start(kind, site())) {
            String[] headers = Account.login(proxy.site(), "ann", "writer").headers();
            try (var events = EventSource.open(proxy.site(), OneWayChecks.PATH + channel, headers);
                    var all = Party.of(proxy.site(), channel, EnumSet.allOf(Door.class), headers)) {
                events.next("subscribe");

                publish(channel, "\"one\"");

                all.hear("\"one\"");
                events.next("\"one\"");
                all.awaitPings(2);
                String large = "\"" + "好".repeat(20_000) + "\"";
                for (LiveClient client : all.clients()) {
                    client.publish(channel, large);
                    all.hear(large);
                    events.next(large);
                }
                for (LiveClient client : all.clients()) {
                    new Probe(site()).ask("disconnect", "client", client.id(), "code", 4999, "reason", "再见");
                    assertThat(client.end()).isEqualTo(new Inbox.End(4999, "再见"));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void addressIsThatOfTheProxysClient(OwnProxy.Kind kind) throws IOException {
        try (OwnProxy proxy = OwnProxy.start(kind, site())) {
            for (Door door : Door.values()) {
                String address = "127.0.%d.%d".formatted(1 + kind.ordinal(), 1 + door.ordinal());
                try (var client = RawWebSocket.connectFrom(address, proxy.site().ws(door.path()))) {
                    assertThat(enter(client, proxy.site(), door, LIES)).isIn(101, 200);
                    await().atMost(LiveClient.PATIENCE).until(() -> at(address), count -> count == 1);
                }
            }
            assertThat(at(MADE_UP)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void originIsTheProxys(OwnProxy.Kind kind) throws IOException {
        try (OwnProxy proxy = OwnProxy.start(kind, site())) {
            String origin = "Origin: " + proxy.site().origin();
            assertThat(handshake(proxy, origin)).isEqualTo(101);
            assertThat(handshake(proxy, "Origin: " + site().origin()))
                    .as("the inner name")
                    .isEqualTo(403);
            assertThat(handshake(proxy, "Origin: https://evil.example", "X-Forwarded-Host: evil.example"))
                    .isEqualTo(403);
            assertThat(handshake(proxy, "Origin: http://evil.example", "X-Forwarded-Host: evil.example"))
                    .isEqualTo(403);
            assertThat(handshake(proxy, origin.replace("http:", "https:"), "X-Forwarded-Proto: https"))
                    .isEqualTo(403);
            assertThat(handshake(proxy, origin, "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https"))
                    .as("made up, and overwritten")
                    .isEqualTo(101);
            String tls = "https://127.0.0.1:" + proxy.tlsPort();
            assertThat(secureHandshake(proxy, "Origin: " + tls)).isEqualTo(101);
            assertThat(secureHandshake(proxy, "Origin: " + tls.replace("https:", "http:")))
                    .isEqualTo(403);
        }
    }

    /** What Debian installs, told where the site is and nothing else, at an address that {@code switchboard.proxies} lacks. */
    @ParameterizedTest
    @CsvSource({
        "NGINX,   nginx-defaults.conf,  426, 403",
        "HTTPD,   httpd-defaults.conf,  426, 403",
        "HAPROXY, haproxy-defaults.cfg, 101, 200"
    })
    void defaultsPassStreamsOnButNotAlwaysUpgradesAndNames(OwnProxy.Kind kind, String file, int socket, int page)
            throws IOException {
        String channel = fresh("big");
        Set<Door> doors = socket == 101 ? EnumSet.allOf(Door.class) : WITHOUT_UPGRADE;
        try (OwnProxy proxy = OwnProxy.start(kind, file, site());
                var all = Party.of(proxy.site(), channel, doors)) {
            publish(channel, "1");

            all.hear("1");
            all.awaitPings(1);
            publish(channel, "2");
            all.hear("2");
            assertThat(at("127.0.0." + (2 + kind.ordinal())))
                    .as("all look like the proxy")
                    .isEqualTo(doors.size());
            assertThat(handshake(proxy)).isEqualTo(socket);
            assertThat(statusesOfPages(proxy)).containsOnly(page);
        }
    }

    @Test
    void httpdNamesTheSiteIfItIsBelieved() throws IOException {
        try (OwnProxy proxy = OwnProxy.start(OwnProxy.Kind.HTTPD, "httpd-trusted.conf", site())) {
            assertThat(statusesOfPages(proxy)).containsOnly(200);
        }
    }

    @Test
    void nginxThatHoldsStreamsBackLetsPollsThrough() throws IOException {
        String channel = fresh("big");
        try (OwnProxy proxy = OwnProxy.start(OwnProxy.Kind.NGINX, "nginx-buffers.conf", site());
                var stream = LiveClient.open(proxy.site(), Door.STREAM, origin(proxy));
                var events = LiveClient.open(proxy.site(), Door.EVENTS, origin(proxy));
                var polls = Party.of(proxy.site(), channel, EnumSet.of(Door.LONG_POLL), origin(proxy))) {
            stream.send(CONNECT);
            events.send(CONNECT);
            publish(channel, "1");

            polls.hear("1");
            polls.awaitPings(2);
            // they answer every ping that they hear; all that was said comes with the end
            assertThat(stream.end()).isEqualTo(new Inbox.End(3012, "no pong"));
            assertThat(events.end()).isEqualTo(new Inbox.End(3012, "no pong"));
            polls.clients().forEach(client -> client.publish(channel, "2"));
            polls.hear("2");
            assertThat(handshake(proxy)).isEqualTo(426);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NGINX,   nginx.conf,           websocket",
        "NGINX,   nginx-blocks.conf,    stream",
        "HTTPD,   httpd-trusted.conf,   stream",
        "HAPROXY, haproxy-defaults.cfg, websocket"
    })
    void pageFindsItsWay(OwnProxy.Kind kind, String file, String way) throws IOException, InterruptedException {
        Program.find("/usr/bin/chromium");
        try (OwnProxy proxy = OwnProxy.start(kind, file, site())) {
            NodeScripts.run("browser/proxied.test.mjs", proxy.site(), Map.of("SWITCHBOARD_WAY", way));
        }
    }

    private static String[] origin(OwnProxy proxy) {
        return new String[] {"Origin", proxy.site().origin()};
    }

    private void publish(String channel, String json) {
        new Probe(site()).ask("publish", "channel", channel, "data", json);
    }

    private int at(String address) {
        return new Probe(site()).ask("sessions", "address", address).getInt("byAddress");
    }

    /** Goes through a door on a bare socket and returns the status of the answer. */
    private static int enter(RawWebSocket client, Site site, Door door, String... headers) throws IOException {
        if (door == Door.WEBSOCKET) {
            return client.handshake(RawWebSocket.KEY, headers).status();
        }
        client.sendBytes(String.join(
                        "\r\n",
                        "POST " + site.contextPath() + door.path() + " HTTP/1.1",
                        "Host: 127.0.0.1:" + site.port(),
                        "Content-Type: application/json",
                        "Content-Length: " + CONNECT.length(),
                        String.join("\r\n", headers),
                        "",
                        CONNECT)
                .getBytes(StandardCharsets.US_ASCII));
        return client.answer().status();
    }

    private static int handshake(OwnProxy proxy, String... headers) throws IOException {
        try (var client = RawWebSocket.connect(proxy.site().ws(LiveClient.PATH))) {
            return enter(client, proxy.site(), Door.WEBSOCKET, headers);
        }
    }

    /** What a page of the site gets at the doors without Upgrade. */
    private static List<Integer> statusesOfPages(OwnProxy proxy) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (Door door : WITHOUT_UPGRADE) {
            try (var client = RawWebSocket.connect(proxy.site().ws(door.path()))) {
                statuses.add(enter(
                        client, proxy.site(), door, "Origin: " + proxy.site().origin()));
            }
        }
        return statuses;
    }

    /** The same over TLS. */
    private static int secureHandshake(OwnProxy proxy, String origin) throws IOException {
        Site site = new Site(proxy.site().host(), proxy.tlsPort(), proxy.site().contextPath());
        try (var socket = OwnCertificate.get().trusting().getSocketFactory().createSocket(site.host(), site.port())) {
            socket.setSoTimeout(20_000);
            List<String> lines = RawHttp.handshakeLines("GET " + site.contextPath() + LiveClient.PATH, site, origin);
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return Answer.read(new DataInputStream(socket.getInputStream())).status();
        }
    }

    private Site site() {
        return Site.of(base);
    }

    /** Clients that follow the same channel, each through another door. */
    private record Party(String channel, Map<Door, LiveClient> members) implements AutoCloseable {
        static Party of(Site site, String channel, Set<Door> doors, String... headers) {
            Party party = new Party(channel, new EnumMap<>(Door.class));
            try {
                for (Door door : doors) {
                    LiveClient client = LiveClient.connect(site, door, headers);
                    party.members.put(door, client);
                    client.subscribe(channel);
                }
            } catch (RuntimeException | Error e) {
                party.close();
                throw e;
            }
            return party;
        }

        Iterable<LiveClient> clients() {
            return members.values();
        }

        void hear(String publication) {
            members.forEach((door, client) ->
                    assertThat(client.heard(channel)).as(door.name()).isEqualTo(publication));
        }

        void awaitPings(int count) {
            for (int i = 0; i < count; i++) {
                members.values().forEach(LiveClient::ping);
            }
        }

        @Override
        public void close() {
            members.values().forEach(LiveClient::close);
        }
    }
}
