package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tickets: one connection each, in the name of who asked, and in no log. */
class TicketIT {
    private static final String PATH = "/connection/ticket";
    private static final String NATIVE = "/connection/websocket";
    private static final int INVALID = 3500;
    private static final List<String> GIVEN = Collections.synchronizedList(new ArrayList<>());

    private static OwnServer server;

    @BeforeAll
    static void start() throws IOException {
        Path folder = Files.createTempDirectory(Path.of(System.getProperty("basedir"), "target"), "ticket-");
        File war = folder.resolve("switchboard.war").toFile();
        Account.war(Stage.lines("switchboard.origins=https://app.example.org", "switchboard.ticket-lifetime=5s"))
                .as(ZipExporter.class)
                .exportTo(war);
        OwnServer.Setup usual = OwnServer.Setup.ofProfile(Map.of());
        server = OwnServer.start(new OwnServer.Setup(
                usual.container(),
                usual.home(),
                usual.port(),
                war.toPath(),
                usual.prefix(),
                usual.javaOptions(),
                usual.environment()));
    }

    @AfterAll
    static void noTicketIsInTheLog() throws IOException {
        try {
            assertThat(GIVEN).isNotEmpty();
            assertThat(server.console())
                    .isNotEmpty()
                    .noneMatch(line -> GIVEN.stream().anyMatch(line::contains))
                    .noneMatch(line -> line.contains("ticket="))
                    .noneMatch(line -> line.strip().startsWith("at io.switchboard."));
        } finally {
            server.close();
        }
    }

    @Test
    void ticketOpensOneConnectionInTheNameOfWhoAsked() throws IOException {
        String ticket = ticket("ann");
        String own = "Origin: " + site().origin();
        try (var client = RawWebSocket.open(site().ws(NATIVE + "?ticket=" + ticket), own)) {
            assertConnects(client);
            assertThat(sessions("ann")).isEqualTo(1);
        }
        try (var second = RawWebSocket.open(site().ws(NATIVE + "?ticket=" + ticket), own)) {
            assertRefused(second);
        }
    }

    @Test
    void ticketOpensThePipe() throws IOException {
        String address = "/pipe/staff:x?ticket=";
        String own = "Origin: " + site().origin();
        String ticket = ticket("pia");
        try (var pipe = RawWebSocket.open(site().ws(address + ticket), own)) {
            pipe.send(Frame.text("hello"));
            assertThat(pipe.receiveMessage().text()).isEqualTo("hello");
        }
        try (var second = RawWebSocket.open(site().ws(address + ticket), own)) {
            assertThat(second.receiveClose()).isEqualTo(INVALID);
        }
    }

    @Test
    void ticketIsGoodForTheOriginThatAskedAlone() throws IOException {
        for (String[] origin : new String[][] {{"Origin: https://app.example.org"}, {}}) {
            String ticket = ticket("oda");
            try (var other = RawWebSocket.open(site().ws(NATIVE + "?ticket=" + ticket), origin)) {
                assertRefused(other);
            }
            try (var own = RawWebSocket.open(site().ws(NATIVE + "?ticket=" + ticket), "Origin: " + site().origin())) {
                assertRefused(own); // it was shown elsewhere, so it may be stolen
            }
        }
    }

    @Test
    void ticketThatNobodyGaveOpensNothing() throws IOException {
        for (String made : List.of("AAAAAAAAAAAAAAAAAAAAAA", "x", "%00", "%41", "null", "x".repeat(4_000))) {
            try (var client = RawWebSocket.open(site().ws(NATIVE + "?ticket=" + made))) {
                assertRefused(client);
            }
        }
    }

    @Test
    void ticketIsGoodForItsTimeAlone() throws IOException, InterruptedException {
        String ticket = ticket("tim");
        Thread.sleep(5_500);
        try (var late = RawWebSocket.open(site().ws(NATIVE + "?ticket=" + ticket), "Origin: " + site().origin())) {
            assertRefused(late);
        }
    }

    @Test
    void revokedUserHasNoTicket() throws IOException {
        String ticket = ticket("rob");
        String bystander = ticket("sue");

        new Probe(site()).ask("revoke", "user", "rob");

        String own = "Origin: " + site().origin();
        try (var client = RawWebSocket.open(site().ws(NATIVE + "?ticket=" + ticket), own)) {
            assertRefused(client);
        }
        try (var client = RawWebSocket.open(site().ws(NATIVE + "?ticket=" + bystander), own)) {
            assertConnects(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/json", ""})
    void onlyJsonIsRead(String type) throws IOException {
        Account ann = Account.login(site(), "ann", "writer");
        RawHttp answer = post("Content-Type: " + type, "Origin: " + site().origin(), "Cookie: " + ann.cookie());

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body()).doesNotContain("\"ticket\"");
    }

    @Test
    void onlyWhoIsKnownGetsOne() throws IOException {
        String json = "Content-Type: application/json";
        String own = "Origin: " + site().origin();
        String cookie = "Cookie: " + Account.login(site(), "ann", "writer").cookie();
        assertThat(post(json, own).status()).as("nobody knows him").isEqualTo(401);
        assertThat(post(json, own, "Cookie: JSESSIONID=0123456789").status()).isEqualTo(401);
        assertThat(post(json, own, "Authorization: Bearer abc").status()).isEqualTo(401);
        assertThat(post(json, own, cookie, "Authorization: Bearer abc").status())
                .as("what is shown has to be good")
                .isEqualTo(401);
        assertThat(post(json, cookie, "Origin: https://evil.example").status()).isEqualTo(403);
        assertThat(post(json, cookie, "Origin: https://app.example.org").status())
                .isEqualTo(401);
        RawHttp given = post("Content-Type: application/json; charset=utf-8", own, cookie);
        assertThat(given.status()).isEqualTo(200);
        assertThat(given.header("Cache-Control")).isEqualTo("no-store");
        assertThat(given.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(given.header("Content-Type")).startsWith("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void ticketsAreAskedForByPost(String method) throws IOException {
        RawHttp answer = RawHttp.ask(
                site(),
                List.of(method + " " + site().contextPath() + PATH + " HTTP/1.1", "Host: x", "Content-Length: 0"),
                "");

        assertThat(answer.status()).isEqualTo(405);
    }

    private static String ticket(String user) throws IOException {
        Account account = Account.login(site(), user, "writer");
        RawHttp answer =
                post("Content-Type: application/json", "Origin: " + site().origin(), "Cookie: " + account.cookie());
        assertThat(answer.status()).isEqualTo(200);
        String body = answer.body();
        JsonObject json = Probe.read(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
        assertThat(json.getInt("ttl")).isEqualTo(5);
        GIVEN.add(json.getString("ticket"));
        return json.getString("ticket");
    }

    private static RawHttp post(String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "POST " + site().contextPath() + PATH + " HTTP/1.1",
                "Host: 127.0.0.1:" + site().port(),
                "Connection: close",
                "Content-Length: 2"));
        lines.addAll(List.of(headers));
        return RawHttp.ask(site(), lines, "{}");
    }

    private static void assertConnects(RawWebSocket client) throws IOException {
        client.send(Frame.text("{\"id\":1,\"connect\":{}}"));
        assertThat(client.receiveMessage().text()).contains("\"client\":");
    }

    private static void assertRefused(RawWebSocket client) throws IOException {
        client.send(Frame.text("{\"id\":1,\"connect\":{}}"));
        assertThat(client.receiveClose()).isEqualTo(INVALID);
    }

    private static int sessions(String user) {
        return new Probe(site()).ask("sessions", "user", user).getInt("byUser");
    }

    private static Site site() {
        return server.site();
    }
}
