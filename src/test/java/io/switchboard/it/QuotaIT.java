package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody takes more than his share, however he tries; each test comes from an address of its own, through a proxy. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class QuotaIT {
    private static final int NODE = 20;
    private static final int UNCONNECTED = 8;
    private static final int PER_USER = 2;
    private static final int PER_ADDRESS = 4;
    private static final int BURST = 20; // handshakes and commands
    private static final int CHANNELS = 6;
    private static final int TOO_MANY = 111;
    private static final String NATIVE = "/connection/websocket";
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    @ArquillianResource
    private URL base;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final String address = nextAddress();

    @Deployment(testable = false)
    static WebArchive war() {
        List<String> lines = Stage.lines("switchboard.proxies=127.0.0.1");
        lines.addAll(List.of(
                "switchboard.connect-timeout=5s", // after which Payara's are gone that hung up at once
                "switchboard.connections=" + NODE,
                "switchboard.connections-unconnected=" + UNCONNECTED,
                "switchboard.connections-per-user=" + PER_USER,
                "switchboard.connections-per-address=" + PER_ADDRESS,
                "switchboard.handshakes-per-address=" + BURST / 10,
                "switchboard.commands-per-session=" + BURST / 2,
                "switchboard.commands-per-user=6",
                "switchboard.bytes-per-session=4KiB",
                "switchboard.new-channels=" + CHANNELS));
        return War.with(lines, ProbeServlet.class, SignIn.class);
    }

    @AfterEach
    void afterAllHaveLeftThereIsRoomAgain() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        await().until(() -> probe().sessions() == 0);
        for (int i = 0; i < NODE; i++) {
            connect(i % PER_ADDRESS == 0 ? nextAddress() : lastAddress());
        }
        assertThat(probe().sessions()).isEqualTo(NODE);
        for (AutoCloseable one : open) {
            one.close();
        }
        await().until(() -> probe().sessions() == 0);
    }

    @Test
    void connectionsOfAnAddress() throws Exception {
        for (int i = 0; i < PER_ADDRESS; i++) {
            connect(address);
        }
        assertNoRoom("address", address);

        connect(nextAddress());
        open.remove(0).close();
        await().until(() ->
                RawHttp.handshake(site(), NATIVE, "X-Forwarded-For: " + address).status() == 101);
    }

    @Test
    void connectionsOfANetworkOfIPv6() throws IOException {
        for (int i = 0; i < PER_ADDRESS; i++) {
            connect("2001:db8:0:1::" + i);
        }
        assertNoRoom("address", "2001:db8:0:1:ffff::1");

        connect("2001:db8:0:2::1");
    }

    @Test
    void connectionsOfAUser() throws Exception {
        for (int i = 0; i < PER_USER; i++) {
            connect(nextAddress(), SignIn.USER, "ann");
        }
        try (var more = RawWebSocket.open(site().ws(NATIVE), "X-Forwarded-For: " + address, SignIn.USER + ": ann")) {
            more.send(Frame.text("{\"id\":1,\"connect\":{}}"));
            assertThat(more.receiveClose()).isEqualTo(3504);
        }
        connect(nextAddress(), SignIn.USER, "bob");

        open.remove(0).close();
        await().until(() -> probe().ask("sessions", "user", "ann").getInt("byUser") < PER_USER);
        connect(nextAddress(), SignIn.USER, "ann");
    }

    @Test
    void connectionsThatDoNotSayWhoTheyAre() throws Exception {
        for (int i = 0; i < UNCONNECTED; i++) {
            String from = i % PER_ADDRESS == 0 ? nextAddress() : lastAddress();
            open.add(RawWebSocket.open(site().ws(NATIVE), "X-Forwarded-For: " + from));
        }
        assertNoRoom("unconnected", nextAddress());

        ((RawWebSocket) open.get(0)).send(Frame.text("{\"id\":1,\"connect\":{}}"));
        assertThat(((RawWebSocket) open.get(0)).receiveMessage().text()).contains("\"client\":");
        connect(nextAddress());
    }

    @Test
    void connectionsOfTheNode() throws IOException {
        for (int i = 0; i < NODE; i++) {
            connect(i % PER_ADDRESS == 0 ? nextAddress() : lastAddress());
        }
        assertNoRoom("node", nextAddress());
    }

    @Test
    void handshakesPerSecond() throws IOException {
        long before = probe().counter("handshakes.refused.rate");
        int welcome = 0;
        int refused = 0;
        for (int i = 0; i < BURST * 3; i++) {
            try (var client = RawWebSocket.connect(site().ws(NATIVE))) {
                Answer answer = client.handshake(RawWebSocket.KEY, "X-Forwarded-For: " + address);
                if (answer.status() == 503) {
                    assertThat(answer.headers()).containsEntry("Retry-After", "5");
                    refused++;
                } else {
                    client.send(Frame.close(1000, ""));
                    client.receiveClose();
                    welcome++;
                }
            }
            await().until(() -> probe().sessions() == 0); // or it would be one of too many at the same time
        }
        assertThat(welcome).isGreaterThanOrEqualTo(BURST);
        assertThat(refused).isPositive();
        assertThat(probe().counter("handshakes.refused.rate")).isEqualTo(before + refused);
        connect(nextAddress());
    }

    @Test
    void commandsOfASession() {
        LiveClient ann = connect(address);
        StringBuilder frame = new StringBuilder();
        int count = BURST + BURST / 2;
        for (int i = 1; i <= count; i++) {
            frame.append("{\"id\":%d,\"publish\":{\"channel\":\"plain:x\",\"data\":1}}\n".formatted(1_000 + i));
        }
        ann.send(frame.toString());

        assertThat(ann.reply(1_001)).containsKey("publish");
        assertThat(ann.reply(1_000 + count).getJsonObject("error").getInt("code"))
                .isEqualTo(TOO_MANY);
        ann.send(frame + frame.toString());
        assertThat(ann.end()).isEqualTo(new Inbox.End(3013, "too many requests"));
    }

    @Test
    void commandsOfAUser() {
        LiveClient one = connect(nextAddress(), SignIn.USER, "ann");
        LiveClient two = connect(nextAddress(), SignIn.USER, "ann");
        for (int i = 0; i < BURST - 2; i++) {
            one.publish("plain:x", "1");
        }

        int refused = 0;
        for (int i = 0; i < BURST - 2; i++) {
            int number = two.say("publish", "{'channel':'plain:x','data':1}");
            refused += two.reply(number).containsKey("error") ? 1 : 0;
        }

        assertThat(refused).isPositive();
        connect(nextAddress(), SignIn.USER, "bob").publish("plain:x", "1");
    }

    @Test
    void bytesOfASession() {
        LiveClient ann = connect(address);
        ann.publish("plain:x", "\"" + "x".repeat(12 << 10) + "\"");

        ann.say("publish", "{'channel':'plain:x','data':'%s'}", "x".repeat(16 << 10));

        assertThat(ann.end()).isEqualTo(new Inbox.End(3013, "too many requests"));
    }

    @Test
    void channelsThatNobodyHasNamedBefore() {
        LiveClient ann = connect(address);
        for (int i = 0; i < CHANNELS; i++) {
            ann.publish("plain:" + i, "1");
        }
        assertThat(ann.refused("publish", "{'channel':'plain:more','data':1}")).isEqualTo(TOO_MANY);
        assertThat(ann.refused("subscribe", "{'channel':'plain:more'}")).isEqualTo(TOO_MANY);
        assertThat(connect(address).refused("subscribe", "{'channel':'plain:more'}"))
                .as("another session of the same address")
                .isEqualTo(TOO_MANY);

        ann.publish("plain:0", "1");
        connect(nextAddress()).publish("plain:more", "1");
    }

    private LiveClient connect(String from, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "X-Forwarded-For";
        all[1] = from;
        System.arraycopy(headers, 0, all, 2, headers.length);
        LiveClient client = LiveClient.connect(site(), all);
        open.add(client);
        return client;
    }

    private void assertNoRoom(String what, String from) throws IOException {
        String counter = "handshakes.refused." + what;
        long before = probe().counter(counter);

        RawHttp refused = RawHttp.handshake(site(), NATIVE, "X-Forwarded-For: " + from);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(refused.header("Connection")).isEqualToIgnoringCase("close");
        assertThat(probe().counter(counter)).isEqualTo(before + 1);
    }

    private static String nextAddress() {
        ADDRESSES.incrementAndGet();
        return lastAddress();
    }

    private static String lastAddress() {
        return "198.18." + ADDRESSES.get() / 250 + "." + (1 + ADDRESSES.get() % 250);
    }

    private Site site() {
        return Site.of(base);
    }

    private Probe probe() {
        return new Probe(site());
    }
}
