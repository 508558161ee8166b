package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What settings do in a deployed WAR: the clocks run faster, and the demos are off. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SettingsIT implements PingChecks {
    private static final int PINGS = 3;
    private static final String ENVIRONMENT = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0">
              <env-entry>
                <env-entry-name>switchboard.namespaces.from-web-xml.subscribe</env-entry-name>
                <env-entry-type>java.lang.String</env-entry-type>
                <env-entry-value>anyone</env-entry-value>
              </env-entry>
            </web-app>
            """;

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return War.with(
                        Stage.lines(
                                "switchboard.demos=false",
                                "switchboard.shortcuts=false",
                                "switchboard.ping-interval=2s",
                                "switchboard.pong-timeout=1s",
                                "switchboard.connect-timeout=3s"),
                        ProbeServlet.class)
                .setWebXML(new StringAsset(ENVIRONMENT));
    }

    @Test
    void theEnvironmentOfTheComponentSaysSomethingToo() throws IOException, InterruptedException {
        assertThat(get("/status").body()).contains("\"from-web-xml\"");
        try (var ann = LiveClient.connect(site())) {
            ann.subscribe("from-web-xml:a");
        }
    }

    @Test
    void demosAreGoneWhereTheyAreTurnedOff() throws IOException, InterruptedException {
        assertThat(get("/demo/chat/index.html").statusCode()).isEqualTo(404);
        assertThat(get("/demo/echo/echo.js").statusCode()).isEqualTo(404);
        assertThat(get("/index.html").statusCode()).isEqualTo(200);
        assertThat(get("/status").body()).contains("\"demos\":false").doesNotContain("\"chat\"");
        try (var ann = LiveClient.connect(site())) {
            assertThat(ann.refused("subscribe", "{'channel':'chat:lobby'}")).isEqualTo(102);
        }
    }

    @Test
    void withoutShortcutsFramesGoThroughTheApiOfTheContainer() {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site())) {
            ann.subscribe(channel);
            ann.publish(channel, "1");

            assertThat(ann.heard(channel)).isEqualTo("1");
            assertThat(probe().counter("sessions.shortcut")).isZero();
        }
    }

    @Test
    void clientThatAnswersPingsStays() {
        String channel = fresh("big");
        try (var ann = LiveClient.open(site())) {
            assertThat(ann.ask("connect", "{}").getInt("ping")).isEqualTo(2);
            ann.subscribe(channel);

            for (int i = 0; i < PINGS; i++) {
                ann.ping();
            }

            ann.publish(channel, "1");
            assertThat(ann.heard(channel)).isEqualTo("1");
        }
    }

    @Test
    void clientThatAnswersNoPingIsGivenUp() {
        try (var ann = LiveClient.silent(site())) {
            ann.ping();

            assertThat(ann.end()).isEqualTo(new Inbox.End(3012, "no pong"));
            assertThat(probe().counter("sessions.closed.3012")).isPositive();
        }
    }

    @Test
    void clientThatNeverConnectsIsStale() {
        try (var ann = LiveClient.open(site())) {
            assertThat(ann.end()).isEqualTo(new Inbox.End(3502, "stale"));
            assertThat(probe().counter("sessions.closed.3502")).isPositive();
        }
    }

    @Test
    void nobodyIsPingedBeforeItsConnect() throws IOException {
        try (var mute = RawWebSocket.open(site().ws(LiveClient.PATH))) {
            Frame first = mute.receive();

            assertThat(first.opcode()).as(first.text()).isEqualTo(Frame.CLOSE);
            assertThat(first.closeCode()).isEqualTo(3502);
        }
    }

    @Test
    void pipeIsPingedInTheWayOfTheTransport() throws IOException {
        String channel = fresh("big");
        try (var pipe = RawWebSocket.open(site().ws("/pipe/" + channel))) {
            for (int i = 0; i < PINGS; i++) {
                Frame ping = pipe.receive();
                assertThat(ping.opcode()).isEqualTo(Frame.PING);
                pipe.send(Frame.of(Frame.PONG, ping.text()));
            }

            pipe.send(Frame.text("still here"));
            assertThat(pipe.receiveMessage().text()).isEqualTo("still here");
            assertThat(pipe.receiveClose()).as("after no more pongs").isEqualTo(3012);
        }
    }

    @Test
    void deadLineIsForgottenWithItsMembers() throws IOException {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site());
                var dead = RawWebSocket.open(site().ws(LiveClient.PATH))) {
            ann.subscribe(channel);
            dead.send(Frame.text(
                    "{\"connect\":{},\"id\":1}\n{\"subscribe\":{\"channel\":\"" + channel + "\"},\"id\":2}"));
            ann.push(channel, "join");
            ann.push(channel, "join");

            assertThat(ann.push(channel, "leave")).isNotNull();

            assertThat(ann.ask("presence_stats", "{'channel':'%s'}", channel).getInt("num_clients"))
                    .isEqualTo(1);
        }
    }

    @Override
    public Site site() {
        return Site.of(base);
    }

    private Probe probe() {
        return new Probe(site());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(site().http(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
