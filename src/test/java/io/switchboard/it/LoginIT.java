package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A session lives no longer than the login that let it in, and may no more than it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LoginIT {
    private static final int EXPIRED = 3005;
    private static final int BY_CONTAINER = 1008;

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int SOCKETS = 3;

    @ArquillianResource
    private URL base;

    private Account ann;
    private LiveClient bob;

    @Deployment(testable = false)
    static WebArchive war() {
        return Account.war(Stage.lines(
                "switchboard.namespaces.desk.subscribe=role:reader", "switchboard.namespaces.desk.history-size=1000"));
    }

    @BeforeEach
    void logIn() {
        ann = Account.login(site(), "ann", "reader");
        bob = Account.login(site(), "bob", "reader").connect();
    }

    @AfterEach
    void bobHasNoticedNothing() {
        String channel = fresh("desk");
        bob.subscribe(channel);
        publish(channel, 1);
        assertThat(bob.heard(channel)).isEqualTo("1");
        bob.close();
        await().until(() -> sessions("bob") == 0);
    }

    @Test
    void endOfTheHttpSessionEndsAllThatHangOnIt() throws IOException {
        List<LiveClient> live = connections();
        Account elsewhere = Account.login(site(), "ann", "reader");
        try (var echo = RawWebSocket.open(site().ws("/echo?raw"), lines(ann));
                var pipe = RawWebSocket.open(site().ws("/pipe/plain:x"), lines(ann));
                var other = elsewhere.connect()) {
            echo.send(Frame.text("here"));
            assertThat(echo.receiveMessage().text()).isEqualTo("here");

            ann.ask("end");

            assertEndedByContainer(Here.by(false, true, true), live, echo.receiveClose(), pipe.receiveClose());
            other.publish(fresh("big"), "1");
        }
    }

    @Test
    void logoutEndsThemThoughTheHttpSessionStays() {
        List<LiveClient> live = connections();

        assertThat(ann.ask("out")).startsWith("null ");

        assertEnded(live, EXPIRED, SOON);
        assertThat(sessions("ann")).isZero();
        try (var nobody = ann.connect()) {
            assertThat(nobody.refused("subscribe", "{'channel':'desk:x'}")).isEqualTo(103);
        }
    }

    @Test
    void timeOutEndsThemBeforeTheContainerGetsRoundToIt() {
        List<LiveClient> live = connections();
        String channel = fresh("big");

        assertThat(ann.ask("idle&seconds=1")).isEqualTo("ann 1");

        live.get(0).publish(channel, "1"); // which keeps nothing alive, unless told so
        // Undertow has a clock for each HTTP session, and may be first
        within(
                SOON.plusSeconds(1),
                () -> live.forEach(client ->
                        assertThat(client.end().code()).isIn(EXPIRED, Here.by(EXPIRED, BY_CONTAINER, EXPIRED))));
    }

    @Test
    void requestsKeepThemAlive() throws InterruptedException {
        try (var client = ann.connect()) {
            ann.ask("idle&seconds=2");
            for (int i = 0; i < 5; i++) {
                Thread.sleep(1_000);
                ann.ask("nothing");
            }
            client.publish(fresh("big"), "1");
            assertThat(sessions("ann")).isEqualTo(1);
        }
    }

    @Test
    void newIdOfTheHttpSessionChangesNothing() {
        List<LiveClient> live = connections();
        String before = ann.cookie();

        ann.ask("rename");

        assertThat(ann.cookie()).isNotEqualTo(before);
        live.forEach(client -> client.publish(fresh("big"), "1"));
        ann.ask("end");
        assertEndedByContainer(Here.by(false, true, false), live); // Tomcat 10.0 loses sight of them
    }

    @Test
    void anotherUserInTheSameHttpSessionEndsThem() {
        List<LiveClient> live = connections();

        ann.ask("in&user=eve&roles=reader");
        ann.ask("nothing");

        assertEnded(live, EXPIRED, SOON);
    }

    @Test
    void lostRoleEndsWhatNeededItAndDropsWhatWaits() throws IOException {
        String desk = fresh("desk");
        int count = 96;
        int size = 64 << 10; // six megabytes: more than a window, and more than the tail
        try (var mute = RawWebSocket.open(site().ws(LiveClient.PATH), lines(ann));
                var client = ann.connect()) {
            mute.send(Frame.text("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"" + desk + "\"}}"));
            client.subscribe(desk);
            client.subscribe("plain:x");
            publish(desk, 1);
            assertThat(client.heard(desk)).isEqualTo("1");
            probe().publish(desk, 1, count, size, 0);

            ann.ask("roles&roles=none");
            ann.ask("nothing");

            assertThat(client.push(desk, "unsubscribe").getInt("code")).isEqualTo(2103);
            publish(desk, 2);
            client.publish("plain:x", "3");
            assertThat(client.heard("plain:x")).isEqualTo("3");
            assertThat(client.refused("subscribe", "{'channel':'%s'}", desk)).isEqualTo(103);
            assertThat(heardBeforeUnsubscribe(mute)).isLessThan(count);
        }
    }

    @Test
    void roleThatWasGivenLaterCounts() {
        try (var client = ann.connect()) {
            assertThat(client.refused("publish", "{'channel':'staff:x','data':1}"))
                    .isEqualTo(103);

            ann.ask("roles&roles=reader,writer");
            ann.ask("nothing");

            client.publish("staff:x", "1");
        }
    }

    @Test
    void applicationMayRevokeAUser() {
        List<LiveClient> live = connections();

        assertThat(probe().ask("revoke", "user", "ann").getInt("count")).isEqualTo(SOCKETS);

        assertEnded(live, EXPIRED, SOON);
        try (var again = ann.connect()) {
            again.subscribe(fresh("desk")); // his login still stands: that is for the application to end
        }
    }

    @Test
    void applicationMayChangeRoles() {
        String desk = fresh("desk");
        try (var client = ann.connect()) {
            client.subscribe(desk);

            assertThat(probe().ask("setRoles", "user", "ann", "roles", "writer").getInt("count"))
                    .isEqualTo(1);

            within(
                    SOON,
                    () -> assertThat(client.push(desk, "unsubscribe").getInt("code"))
                            .isEqualTo(2103));
            client.publish("staff:x", "1");
            probe().ask("setRoles", "user", "ann", "roles", "reader");
            client.subscribe(desk);
        }
    }

    private List<LiveClient> connections() {
        List<LiveClient> live = new ArrayList<>(
                IntStream.range(0, SOCKETS).mapToObj(i -> ann.connect()).toList());
        assertThat(sessions("ann")).isEqualTo(SOCKETS);
        return live;
    }

    /** Publications that come before the end of the subscription; nothing comes after it. */
    private static int heardBeforeUnsubscribe(RawWebSocket client) throws IOException {
        int heard = 0;
        while (true) {
            String text = client.receiveMessage().text();
            if (text.contains("{}")) {
                client.send(Frame.text("{}"));
            }
            heard += text.split("\"pub\":", -1).length - 1;
            int end = text.indexOf("\"unsubscribe\":{\"code\":2103");
            if (end >= 0) {
                assertThat(text.substring(end)).doesNotContain("\"pub\":");
                return heard;
            }
        }
    }

    private static void assertEnded(List<LiveClient> all, int code, Duration limit) {
        within(
                limit,
                () -> all.forEach(client -> assertThat(client.end().code()).isEqualTo(code)));
    }

    /** Tomcat and Undertow end the sockets of an HTTP session that ends, Tyrus does it to one of them; we may be first. */
    private static void assertEndedByContainer(boolean all, List<LiveClient> live, Integer... more) {
        List<Integer> codes = new ArrayList<>(List.of(more));
        within(SOON, () -> live.forEach(client -> codes.add(client.end().code())));
        if (all) {
            assertThat(codes).isSubsetOf(BY_CONTAINER, EXPIRED);
        } else {
            codes.remove((Integer) BY_CONTAINER);
            assertThat(codes).containsOnly(EXPIRED);
        }
    }

    private static void within(Duration limit, Runnable assertions) {
        long start = System.nanoTime();
        assertions.run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
    }

    private static String[] lines(Account account) {
        return new String[] {"Origin: " + account.headers()[1], "Cookie: " + account.cookie()};
    }

    private void publish(String channel, int number) {
        probe().ask("publish", "channel", channel, "data", number);
    }

    private int sessions(String user) {
        return probe().ask("sessions", "user", user).getInt("byUser");
    }

    private Site site() {
        return Site.of(base);
    }

    private Probe probe() {
        return new Probe(site());
    }
}
