package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What application code does with an injected {@code Switchboard}, and with users whom the container knows. */
interface ApiChecks {
    Site site();

    @Test
    default void objectsArePublishedAsJsonBWritesThem() {
        String channel = fresh("big");
        var probe = new Probe(site());
        try (var ann = LiveClient.connect(site())) {
            String epoch = ann.subscribe(channel).getString("epoch");

            JsonObject first = probe.ask("publishObject", "channel", channel);
            JsonObject second = probe.ask("publishText", "channel", channel, "data", "a \"text\" 你好");
            probe.ask("publishMap", "channel", channel, "data", "x");

            assertThat(ann.push(channel, "pub").getJsonObject("data"))
                    .isEqualTo(Probe.read("{\"city\":\"上海\",\"degrees\":21.5,\"words\":[\"mild\",\"\\\"dry\\\"\"]}"));
            assertThat(ann.heard(channel)).isEqualTo("\"a \\\"text\\\" 你好\"");
            assertThat(ann.heard(channel)).isEqualTo("{\"text\":\"x\"}");
            assertThat(first).isEqualTo(Probe.read("{\"epoch\":\"" + epoch + "\",\"offset\":1}"));
            assertThat(second.getInt("offset")).isEqualTo(2);
        }
    }

    @Test
    default void jsonIsPublishedAsItIsAndNothingElseIs() {
        String channel = fresh("big");
        var probe = new Probe(site());

        probe.ask("publish", "channel", channel, "data", "{\"a\":\n 1.50}");
        for (String wrong : new String[] {"", "{", "1 2", "{'a':1}", "\"\u0001\"", "nul"}) {
            assertThat(probe.status("publish", "channel", channel, "data", wrong))
                    .isEqualTo(400);
        }

        assertThat(probe.ask("history", "channel", channel, "limit", 5)).isEqualTo(Probe.read("""
                {"publications":["1 {\\"a\\": 1.50}"]}"""));
    }

    @Test
    default void historyIsTheNewestOldestFirst() {
        String channel = fresh("small");
        var probe = new Probe(site());
        for (int i = 1; i <= 5; i++) {
            probe.ask("publish", "channel", channel, "data", i * 11);
        }

        assertThat(probe.ask("history", "channel", channel, "limit", 2))
                .hasToString("{\"publications\":[\"4 44\",\"5 55\"]}");
        assertThat(probe.ask("history", "channel", channel, "limit", 99))
                .hasToString("{\"publications\":[\"3 33\",\"4 44\",\"5 55\"]}");
        assertThat(probe.ask("history", "channel", channel, "limit", 0)).hasToString("{\"publications\":[]}");
    }

    @Test
    default void presenceListsTheClients() {
        String channel = fresh("big");
        var probe = new Probe(site());
        assertThat(probe.ask("presence", "channel", channel)).hasToString("{\"clients\":[]}");
        try (var ann = LiveClient.connect(site())) {
            ann.subscribe(channel);

            assertThat(probe.ask("presence", "channel", channel)).hasToString("{\"clients\":[\"" + ann.id() + "\"]}");
            assertThat(probe.ask("sessions", "client", ann.id()).getJsonArray("channels"))
                    .hasToString("[\"" + channel + "\"]");
        }
        Awaitility.await()
                .until(() -> probe.ask("presence", "channel", channel)
                        .getJsonArray("clients")
                        .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "publish, nowhere:x, 102",
        "history, nowhere:x, 102",
        "presence, nowhere:x, 102",
        "publish, 'a b', 107",
        "publish, '', 107",
        "history, plain:x, 108",
        "presence, plain:x, 108"
    })
    default void applicationIsToldWhatAChannelCannotDo(String what, String channel, int code) {
        assertThat(new Probe(site()).refused(what, "channel", channel, "data", "1", "limit", 1))
                .isEqualTo(code);
    }

    @Test
    default void applicationMayDoWhatNoClientMay() {
        var probe = new Probe(site());

        assertThat(probe.ask("publish", "channel", "closed:x", "data", "1").getInt("offset"))
                .isPositive();
        assertThat(probe.ask("presence", "channel", "closed:x")).hasToString("{\"clients\":[]}");
    }

    @Test
    default void userOfTheContainerIsTheUserOfTheSession() {
        String channel = fresh("staff");
        var probe = new Probe(site());
        try (var ann = LiveClient.connect(site(), SignIn.USER, "ann", SignIn.ROLE, "writer");
                var bob = LiveClient.connect(site(), SignIn.USER, "bob", SignIn.ROLE, "reader")) {
            bob.subscribe(channel);
            assertThat(bob.push(channel, "join").getJsonObject("info"))
                    .hasToString("{\"user\":\"bob\",\"client\":\"" + bob.id() + "\"}");

            ann.publish(channel, "1");
            assertThat(bob.push(channel, "pub").getJsonObject("info").getString("user"))
                    .isEqualTo("ann");
            assertThat(bob.refused("publish", "{'channel':'%s','data':1}", channel))
                    .isEqualTo(103);
            assertThat(probe.ask("sessions", "user", "ann", "client", bob.id()))
                    .containsEntry("byUser", Json.createValue(1))
                    .containsEntry("byId", Json.createValue(1));
            assertThat(probe.ask("sessions").getJsonArray("users").toString()).contains("\"ann\"", "\"bob\"");
        }
    }

    @Test
    default void channelThatListsUsersIsTheirs() {
        String channel = fresh("big") + "#bob,ann";
        try (var ann = LiveClient.connect(site(), SignIn.USER, "ann");
                var eve = LiveClient.connect(site(), SignIn.USER, "an")) {
            ann.subscribe(channel);

            assertThat(eve.refused("subscribe", "{'channel':'%s'}", channel)).isEqualTo(103);
            assertThat(eve.refused("publish", "{'channel':'%s','data':1}", channel))
                    .isEqualTo(103);
        }
    }

    @Test
    default void allSessionsOfAUserAreEndedAndNoOthers() {
        var probe = new Probe(site());
        try (var one = LiveClient.connect(site(), SignIn.USER, "carl");
                var two = LiveClient.connect(site(), SignIn.USER, "carl");
                var other = LiveClient.connect(site(), SignIn.USER, "carla")) {
            assertThat(probe.ask("disconnect", "user", "carl").getInt("count")).isEqualTo(2);

            assertThat(one.end()).isEqualTo(new Inbox.End(3503, "force disconnect"));
            assertThat(two.end()).isEqualTo(new Inbox.End(3503, "force disconnect"));
            other.subscribe(fresh("big"));
            assertThat(probe.ask("sessions", "user", "carl").getInt("byUser")).isZero();
            assertThat(probe.ask("disconnect", "user", "carla", "code", 4001, "reason", "later")
                            .getInt("count"))
                    .isEqualTo(1);
            assertThat(other.end()).isEqualTo(new Inbox.End(4001, "later"));
        }
    }

    @Test
    default void subscriptionOfAUserIsEndedAndTheOthersStay() {
        String channel = fresh("big");
        String elsewhere = fresh("big");
        try (var dora = LiveClient.connect(site(), SignIn.USER, "dora");
                var other = LiveClient.connect(site())) {
            dora.subscribe(channel);
            dora.subscribe(elsewhere);
            other.subscribe(channel);
            var probe = new Probe(site());

            assertThat(probe.ask("unsubscribe", "user", "dora", "channel", channel, "code", 2000)
                            .getInt("count"))
                    .isEqualTo(1);

            assertThat(dora.push(channel, "unsubscribe").getInt("code")).isEqualTo(2000);
            probe.ask("publish", "channel", channel, "data", "1");
            probe.ask("publish", "channel", elsewhere, "data", "2");
            assertThat(other.heard(channel)).isEqualTo("1");
            assertThat(dora.heard(elsewhere)).isEqualTo("2");
            assertThat(dora.has(channel, "pub")).isFalse();
            assertThat(probe.ask("unsubscribe", "user", "dora", "channel", channel, "code", 2000)
                            .getInt("count"))
                    .isZero();
        }
    }

    @Test
    default void sessionsAreCountedByAddressAndForgottenAfterTheEnd() {
        var probe = new Probe(site());
        var ann = LiveClient.connect(site());
        try (ann) {
            JsonObject there = probe.ask("sessions", "client", ann.id(), "address", "127.0.0.1");
            assertThat(there.getInt("byId")).isEqualTo(1);
            assertThat(there.getInt("byAddress")).isPositive();
            assertThat(there.getInt("count")).isPositive();
        }
        Awaitility.await().until(() -> probe.ask("sessions", "client", ann.id()).getInt("byId") == 0);
        long opened = probe.counter("sessions.opened");
        LiveClient.connect(site()).close();
        assertThat(probe.counter("sessions.opened")).isEqualTo(opened + 1);
    }
}
