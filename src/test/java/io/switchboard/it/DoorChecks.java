package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for a client of the native dialect, whichever door it comes through. */
interface DoorChecks {
    Site site();

    @ParameterizedTest
    @EnumSource
    default void connectTellsWhatTheClientNeeds(Door door) {
        try (var ann = LiveClient.open(site(), door)) {
            JsonObject connected = ann.ask("connect", "{'name':'js'}");

            assertThat(connected.getString("client")).hasSize(36);
            assertThat(connected.getInt("ping")).isPositive();
            assertThat(connected.getBoolean("pong")).isTrue();
            if (door == Door.WEBSOCKET) {
                assertThat(connected).doesNotContainKeys("session", "node");
            } else {
                assertThat(connected.getString("session")).hasSize(24).isNotEqualTo(connected.getString("client"));
                assertThat(connected.getString("node")).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    default void everyVerbIsAnswered(Door door) {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site(), door)) {
            ann.subscribe(channel);
            ann.push(channel, "join");
            ann.publish(channel, "{\"text\":\"好\\r\\n\"}");
            assertThat(ann.heard(channel)).isEqualTo("{\"text\":\"好\\r\\n\"}");
            assertThat(ann.ask("presence", "{'channel':'%s'}", channel).getJsonObject("presence"))
                    .containsOnlyKeys(ann.id());
            assertThat(ann.ask("history", "{'channel':'%s','limit':9}", channel).getJsonArray("publications"))
                    .hasSize(1);
            ann.ask("unsubscribe", "{'channel':'%s'}", channel);
            ann.publish(channel, "2");
            assertThat(ann.has(channel, "pub")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    default void commandsThatComeWithConnectAreObeyed(Door door) {
        String channel = fresh("big");
        try (var ann = LiveClient.open(site(), door)) {
            ann.send("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");

            assertThat(ann.reply(1)).containsKey("connect");
            assertThat(ann.reply(2)).containsKey("subscribe");
        }
    }

    @ParameterizedTest
    @EnumSource
    default void refusalsHaveTheirCodes(Door door) {
        try (var ann = LiveClient.connect(site(), door)) {
            assertThat(ann.refused("subscribe", "{'channel':'closed:x'}")).isEqualTo(103);
            assertThat(ann.refused("publish", "{'channel':'nowhere:x','data':1}"))
                    .isEqualTo(102);
            ann.subscribe(fresh("big")); // and nothing has ended
        }
    }

    @ParameterizedTest
    @EnumSource
    default void allIsHeardOnceAndInOrder(Door door) {
        String channel = fresh("big");
        int count = 900;
        try (var ann = LiveClient.connect(site(), door)) {
            ann.subscribe(channel);

            for (int first = 1; first <= count; first += 100) {
                new Probe(site()).publish(channel, first, 100, 300, 0);
            }

            for (int n = 1; n <= count; n++) {
                JsonObject publication = ann.push(channel, "pub");
                assertThat(publication.getJsonObject("data").getInt("n")).isEqualTo(n);
                assertThat(publication.getInt("offset")).isEqualTo(n);
            }
            assertThat(ann.has(channel, "pub")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    default void whatWasMissedComesWithTheAnswer(Door door) {
        String channel = fresh("big");
        JsonObject before;
        try (var ann = LiveClient.connect(site(), door)) {
            before = ann.subscribe(channel);
        }
        new Probe(site()).publish(channel, 1, 3, 10, 0);
        try (var ann = LiveClient.connect(site(), door)) {
            JsonObject again = ann.ask(
                    "subscribe",
                    "{'channel':'%s','recover':true,'offset':0,'epoch':'%s'}",
                    channel,
                    before.getString("epoch"));

            assertThat(again.getBoolean("recovered")).isTrue();
            assertThat(again.getJsonArray("publications")).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    default void whatCannotBeRecoveredIsSaid(Door door) {
        String channel = fresh("small");
        new Probe(site()).publish(channel, 1, 9, 10, 0);
        try (var ann = LiveClient.connect(site(), door)) {
            JsonObject answer = ann.ask("subscribe", "{'channel':'%s','recover':true,'offset':1,'epoch':''}", channel);

            assertThat(answer.getBoolean("was_recovering")).isTrue();
            assertThat(answer.containsKey("recovered") && answer.getBoolean("recovered"))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    default void endHasItsCodeAndReason(Door door) {
        try (var ann = LiveClient.connect(site(), door)) {
            new Probe(site()).ask("disconnect", "client", ann.id(), "code", 4999, "reason", "再见");

            assertThat(ann.end()).isEqualTo(new Inbox.End(4999, "再见"));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void nonsenseEndsTheSession(Door door) {
        try (var ann = LiveClient.connect(site(), door)) {
            ann.send("{\"id\":7,\"nonsense\":{}}");

            assertThat(ann.end()).isEqualTo(new Inbox.End(3501, "bad request"));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void nonsenseInsteadOfConnectEndsItToo(Door door) {
        try (var ann = LiveClient.open(site(), door)) {
            ann.send("{\"id\":7,");

            assertThat(ann.end()).isEqualTo(new Inbox.End(3501, "bad request"));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void connectionLivesAndDiesWithTheLogin(Door door) {
        String channel = fresh("staff");
        Account account = Account.login(site(), "ann", "writer");
        try (var ann = LiveClient.connect(site(), door, account.headers())) {
            ann.subscribe(channel);
            ann.publish(channel, "1");
            assertThat(ann.push(channel, "pub").getJsonObject("info").getString("user"))
                    .isEqualTo("ann");

            account.ask("out");

            assertThat(ann.end()).isEqualTo(new Inbox.End(3005, "connection expired"));
        }
    }
}
