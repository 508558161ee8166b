package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no honest client sends: the sender is told why it was closed, it is counted, and a bystander in the same channel
 * hears the next publication as if nothing had happened.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class BadInputIT {
    private static final String CONTAINER = System.getProperty("container");
    private static final String CLOSED = "sessions.closed.";

    /** Ways of a connection to end without a close frame. */
    private enum Cut {
        FIN,
        RST
    }

    @ArquillianResource
    private URL base;

    private Probe probe;
    private String channel;
    private LiveClient bystander;
    private Map<String, Integer> closedBefore;

    @Deployment(testable = false)
    static WebArchive war() {
        return War.with(Stage.lines(), ProbeServlet.class);
    }

    @BeforeEach
    void placeBystander() {
        probe = new Probe(Site.of(base));
        Awaitility.await().until(() -> probe.sessions() == 0);
        channel = fresh("big");
        bystander = LiveClient.connect(Site.of(base));
        bystander.subscribe(channel);
        closedBefore = closed();
    }

    @AfterEach
    void bystanderIsTheOnlyOneLeftAndHears() {
        try {
            Awaitility.await().until(() -> probe.sessions() == 1);
            probe.ask("publish", "channel", channel, "data", "42");
            for (String heard = ""; !heard.equals("42"); ) {
                heard = bystander.heard(channel);
            }
        } finally {
            bystander.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.switchboard.it.Nonsense#texts")
    void nonsenseEndsTheSession(String what, String text) throws IOException {
        assertThat(closeCodeAfter(Frame.text(text))).isEqualTo(3501);

        assertCounted(3501);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1,\"rpc\":{}}", "{\"send\":{}}", "{}", "", "{", "null", "GET / HTTP/1.1\r\n\r\n"})
    void nothingMayBeSaidBeforeConnect(String text) throws IOException {
        try (var client = open()) {
            client.send(Frame.text(text));
            client.send(Frame.text(Nonsense.CONNECT));
            assertThat(client.receiveClose()).isEqualTo(3501);
        }

        assertCounted(3501);
    }

    @Test
    void whatIsJustWithinTheBoundsPasses() {
        try (var ann = LiveClient.connect(Site.of(base))) {
            for (String data : new String[] {
                "[".repeat(32) + "]".repeat(32),
                Nonsense.object(256),
                "1".repeat(40),
                "\"" + "x".repeat(65_000) + "\"",
                "-0.5E+7"
            }) {
                ann.publish(channel, data);
                assertThat(bystander.heard(channel))
                        .isEqualTo(Probe.read("{\"d\":" + data + "}").get("d").toString());
            }
            int frames = ann.frames();
            ann.send("{\"rpc\":{},\"id\":7}\n".repeat(1_024));
            IntStream.range(0, 1_024).forEach(i -> ann.reply(7));
            assertThat(ann.frames()).isGreaterThan(frames);
        }
    }

    @Test
    void secondSubscribeInTheSameFrameIsRefused() {
        long before = probe.counter("problems.105");
        try (var ann = LiveClient.connect(Site.of(base))) {
            String subscribe = "{\"subscribe\":{\"channel\":\"" + channel + "\"},\"id\":%d}\n";
            ann.send(subscribe.formatted(11) + subscribe.formatted(12) + subscribe.formatted(13));

            assertThat(ann.reply(11)).containsKey("subscribe");
            assertThat(ann.reply(12).getJsonObject("error").getInt("code")).isEqualTo(105);
            assertThat(ann.reply(13).getJsonObject("error").getInt("code")).isEqualTo(105);
            assertThat(probe.counter("problems.105")).isEqualTo(before + 2);
        }
    }

    @ParameterizedTest
    @MethodSource("io.switchboard.it.Nonsense#tooBig")
    void moreThan64KibibytesAreTooBig(Frame[] frames) throws IOException {
        assertThat(closeCodeAfter(frames)).isEqualTo(1009);

        assertCounted(1009);
    }

    @Test
    void textThatIsNoUtf8IsRefused() throws IOException {
        assertThat(closeCodeAfter(Frame.of(Frame.TEXT, "{\"\u00c3\u0028\"".getBytes(ISO_8859_1))))
                .isEqualTo(1007);

        assertCounted(asSeen(1007));
    }

    @Test
    void unmaskedFrameIsRefusedExceptByPayara() throws IOException {
        try (var client = open()) {
            client.sendBytes(Frame.text(Nonsense.CONNECT).unmasked());
            if ("payara".equals(CONTAINER)) {
                // Tyrus takes it although RFC 6455 section 5.1 says that it must not.
                assertThat(client.receiveMessage().text()).contains("\"client\"");
            } else {
                assertThat(client.receiveClose()).isEqualTo(1002);
                assertCounted(asSeen(1002));
            }
        }
    }

    @Test
    void binaryIsNotSpokenHere() throws IOException {
        assertThat(closeCodeAfter(Frame.of(Frame.BINARY, "x"))).isEqualTo(3506);

        assertCounted(3506);
    }

    @Test
    void binaryIsNotForThePipe() throws IOException {
        try (var pipe = RawWebSocket.open(Site.of(base).ws("/pipe/" + channel))) {
            pipe.send(Frame.of(Frame.BINARY, "x"));
            assertThat(pipe.receiveClose()).isEqualTo(1003);
        }
        assertCounted(1003);
    }

    @ParameterizedTest
    @EnumSource
    void cutLineIsNoticed(Cut cut) throws IOException {
        try (var client = open()) {
            client.send(Frame.text(Nonsense.CONNECT + "{\"subscribe\":{\"channel\":\"" + channel + "\"},\"id\":2}"));
            awaitMembers(2);

            if (cut == Cut.FIN) {
                client.finish();
            } else {
                client.reset();
            }

            awaitMembers(1);
        }
        assertCounted(1006);
    }

    @Test
    void manyBadOnesAtOnceAreGoneAsWell() throws IOException {
        int count = 40;
        List<RawWebSocket> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(open());
        }
        for (RawWebSocket client : clients) {
            client.send(Frame.text("{" + Nonsense.CONNECT));
        }
        for (RawWebSocket client : clients) {
            assertThat(client.receiveClose()).isEqualTo(3501);
            client.close();
        }
    }

    /** Exactly one session was closed since the test began, with this code. */
    private void assertCounted(int code) {
        Awaitility.await().untilAsserted(() -> assertThat(closed()).isNotEqualTo(closedBefore));
        Map<String, Integer> expected = new TreeMap<>(closedBefore);
        expected.merge(CLOSED + code, 1, Integer::sum);
        assertThat(closed()).isEqualTo(expected);
    }

    /** WildFly tells the application 1006 whenever it closes a connection for its own reasons. */
    private static int asSeen(int code) {
        return "wildfly".equals(CONTAINER) ? 1006 : code;
    }

    private Map<String, Integer> closed() {
        JsonObject counters = probe.ask("counters");
        return counters.keySet().stream()
                .filter(name -> name.startsWith(CLOSED))
                .collect(Collectors.toMap(Function.identity(), counters::getInt));
    }

    private void awaitMembers(int count) {
        Awaitility.await()
                .until(() -> probe.ask("presence", "channel", channel)
                                .getJsonArray("clients")
                                .size()
                        == count);
    }

    private int closeCodeAfter(Frame... frames) throws IOException {
        try (var client = open()) {
            client.send(Frame.text(Nonsense.CONNECT));
            client.receiveMessage(); // a container that closes while we write would be counted as a write error
            for (Frame frame : frames) {
                client.send(frame);
            }
            return client.receiveClose();
        }
    }

    private RawWebSocket open() throws IOException {
        return RawWebSocket.open(Site.of(base).ws(LiveClient.PATH));
    }
}
