package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose pages may come in by which door, and in whose name. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OriginIT {
    private static final String LISTED = "https://app.example.org";
    private static final String REFUSED = "handshakes.refused.origin";

    /** The doors, each with what it says to who may come in. */
    private enum Door {
        NATIVE("/connection/websocket", 101),
        ECHO("/echo", 101),
        PIPE("/pipe/plain:x", 101),
        TICKET("/connection/ticket", 401); // he may ask, but nobody knows him

        private final String path;
        private final int welcome;

        Door(String path, int welcome) {
            this.path = path;
            this.welcome = welcome;
        }

        RawHttp ask(Site site, String... headers) throws IOException {
            return this == TICKET ? post(site, headers) : RawHttp.handshake(site, path, headers);
        }
    }

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return Account.war(Stage.lines("switchboard.origins=" + LISTED + ",http://127.0.0.1:1"));
    }

    @ParameterizedTest
    @EnumSource
    void ownPagesListedOnesAndProgramsMayCome(Door door) throws IOException {
        for (String origin :
                List.of(site().origin(), site().origin().replace("http", "HTTP"), LISTED, LISTED + ":443")) {
            assertThat(door.ask(site(), "Origin: " + origin).status())
                    .as(origin)
                    .isEqualTo(door.welcome);
        }
        assertThat(door.ask(site()).status()).as("no origin").isEqualTo(door.welcome);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyElseMay(Door door) throws IOException {
        long before = probe().counter(REFUSED);
        List<String> foreign = foreign();
        for (String origin : foreign) {
            RawHttp refused = door.ask(site(), "Origin: " + origin);

            assertThat(refused.status()).as(origin).isEqualTo(403);
            assertThat(refused.header("Access-Control-Allow-Origin")).as(origin).isEmpty();
            assertSaysLittle(refused);
            if (door != Door.TICKET) {
                assertThat(refused.header("Connection")).isEqualToIgnoringCase("close");
                assertThat(refused.ended()).isTrue();
            }
        }
        assertThat(probe().counter(REFUSED)).isEqualTo(before + foreign.size());
    }

    @ParameterizedTest
    @EnumSource
    void twoOriginsAreNone(Door door) throws IOException {
        String own = "Origin: " + site().origin();
        for (String second : List.of(own, "Origin: https://evil.example", "Origin: " + LISTED)) {
            assertThat(door.ask(site(), own, second).status()).as(second).isEqualTo(403);
            assertThat(door.ask(site(), second, own).status()).as(second).isEqualTo(403);
        }
    }

    @Test
    void listedPageMayReadTheAnswerOfTheTicketDoorAndNoOther() throws IOException {
        RawHttp listed = Door.TICKET.ask(site(), "Origin: " + LISTED);
        assertThat(listed.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
        for (String origin : List.of(LISTED, site().origin(), "https://evil.example", "null")) {
            RawHttp answer = Door.TICKET.ask(site(), "Origin: " + origin);
            assertThat(answer.header("Vary")).as(origin).contains("Origin");
            assertThat(answer.header("Access-Control-Allow-Credentials"))
                    .as(origin)
                    .isEmpty();
            if (!origin.equals(LISTED)) {
                assertThat(answer.header("Access-Control-Allow-Origin"))
                        .as(origin)
                        .isEmpty();
            }
        }
    }

    @Test
    void preflightIsAnsweredForListedPages() throws IOException {
        RawHttp listed = preflight(Door.TICKET, LISTED);
        assertThat(listed.status()).isEqualTo(204);
        assertThat(listed.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
        assertThat(listed.header("Access-Control-Allow-Methods"))
                .contains("POST")
                .doesNotContain("*");
        assertThat(listed.header("Access-Control-Allow-Headers")).isEqualToIgnoringCase("authorization,content-type");
        assertThat(listed.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(listed.header("Vary")).contains("Origin");

        for (String origin : foreign()) {
            RawHttp foreign = preflight(Door.TICKET, origin);
            assertThat(foreign.status()).as(origin).isEqualTo(403);
            assertThat(foreign.answer().headers().keySet()).noneMatch(name -> name.startsWith("Access-Control-Allow"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "TICKET", mode = EnumSource.Mode.EXCLUDE)
    void webSocketDoorsKnowNoPreflight(Door door) throws IOException {
        RawHttp answer = preflight(door, LISTED);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.answer().headers().keySet()).noneMatch(name -> name.startsWith("Access-Control-Allow"));
    }

    @Test
    void cookieOfALoginCountsForOwnPagesAlone() throws IOException {
        Account account = Account.login(site(), "ann", "writer");
        try (var own = account.connect()) {
            assertThat(connections("ann")).as("own page").isEqualTo(1);
        }
        for (String[] headers : new String[][] {
            {"Cookie", account.cookie(), "Origin", LISTED},
            {"Cookie", account.cookie()}
        }) {
            try (var other = LiveClient.connect(site(), headers)) {
                assertThat(probe().ask("sessions", "client", other.id()).getInt("byId"))
                        .isEqualTo(1);
                assertThat(other.refused("subscribe", "{'channel':'staff:x'}")).isEqualTo(103);
            }
        }
        String cookie = "Cookie: " + account.cookie();
        assertThat(post(site(), cookie, "Origin: " + site().origin()).status()).isEqualTo(200);
        assertThat(post(site(), cookie, "Origin: " + LISTED).status()).isEqualTo(401);
        assertThat(post(site(), cookie).status()).isEqualTo(401);
        assertThat(post(site(), cookie, "Origin: https://evil.example").status())
                .isEqualTo(403);
    }

    @Test
    void foreignPagesInARealBrowserStayOutside() throws IOException, InterruptedException {
        Program.find("/usr/bin/chromium");
        NodeScripts.run("browser/hijack.test.mjs", site());
    }

    /** Origins that look like the own or the listed one, and are not. */
    private List<String> foreign() {
        String own = site().origin();
        String port = ":" + site().port();
        List<String> all = new ArrayList<>(List.of("null", "https://evil.example", "file://", "", "*", "127.0.0.1"));
        all.addAll(List.of(own.replace("http", "https"), own.replace("http", "ws"), "http://127.0.0.1"));
        all.addAll(List.of("http://127.0.0.1:" + (site().port() + 1), own + "0", own + ".evil.example", own + ":"));
        all.addAll(List.of(own + "/", own + "?", own + "#", own + " https://evil.example", own + ", " + own));
        all.addAll(List.of("http://evil.example" + port, "http://127.0.0.1.evil.example" + port));
        all.addAll(List.of("http://evil127.0.0.1" + port, own.replace("//", "//evil.example@"), own + "@evil.example"));
        all.addAll(List.of("http://localhost" + port, "http://[::1]" + port, "http://2130706433" + port));
        all.addAll(List.of(LISTED.replace("https", "http"), LISTED + ":444", LISTED + ".evil.example", LISTED + "/"));
        all.addAll(List.of("https://sub.app.example.org", "https://evil-app.example.org", "https://example.org"));
        all.addAll(List.of("http://127.0.0.1:2", "http://127.0.0.1:10", "https://127.0.0.1:1"));
        return all;
    }

    private static RawHttp post(Site site, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "POST " + site.contextPath() + Door.TICKET.path + " HTTP/1.1",
                "Host: 127.0.0.1:" + site.port(),
                "Connection: close",
                "Content-Type: application/json",
                "Content-Length: 2"));
        lines.addAll(Arrays.asList(headers));
        return RawHttp.ask(site, lines, "{}");
    }

    private RawHttp preflight(Door door, String origin) throws IOException {
        return RawHttp.ask(
                site(),
                List.of(
                        "OPTIONS " + site().contextPath() + door.path + " HTTP/1.1",
                        "Host: 127.0.0.1:" + site().port(),
                        "Connection: close",
                        "Origin: " + origin,
                        "Access-Control-Request-Method: POST",
                        "Access-Control-Request-Headers: authorization,content-type"),
                "");
    }

    private static void assertSaysLittle(RawHttp answer) {
        assertThat(Stream.of("Exception", "\tat ", "io.switchboard", "jakarta."))
                .noneMatch(answer.body()::contains);
    }

    private int connections(String user) {
        return probe().ask("sessions", "user", user).getInt("byUser");
    }

    private Site site() {
        return Site.of(base);
    }

    private Probe probe() {
        return new Probe(site());
    }
}
