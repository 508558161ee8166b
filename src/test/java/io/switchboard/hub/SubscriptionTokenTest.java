package io.switchboard.hub;

import static io.switchboard.hub.TestExchange.closed;
import static io.switchboard.hub.TestExchange.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.Disconnect;
import io.switchboard.session.Limits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that open one channel to one user, for as long as they say. */
class SubscriptionTokenTest {
    private static final String EXPIRED =
            "{\"push\":{\"channel\":\"$chat:a\",\"unsubscribe\":{\"code\":2501,\"reason\":\"subscription expired\"}}}";

    private final TestTokens tokens = new TestTokens()
            .user("ann", "ann", TestTokens.EVER)
            .user("bob", "bob", TestTokens.EVER)
            .channel("S", "ann", "$chat:a", 20)
            .channel("ever", "ann", "$chat:a", TestTokens.EVER);
    private final TestExchange exchange = new TestExchange(
            Limits.DEFAULT, TailLimits.DEFAULT, tokens, open("chat"), closed("shut", "nobody", "anyone"));
    private final TestExchange.Client ann = exchange.connect("ann");

    @Test
    void aTokenOpensItsChannelAndBringsItsData() {
        assertThat(subscribe("$chat:a", "S"))
                .isEqualTo("{\"id\":2,\"subscribe\":{\"expires\":true,\"ttl\":15,\"data\":{\"d\":1},"
                        + "\"recoverable\":true,\"positioned\":true,\"epoch\":\"epoch1\"}}");
        exchange.publish("$chat:a", 1, 2);
        assertThat(ann.data()).containsExactly("1", "2");
    }

    @Test
    void othersSeeWhatTheTokenSaysOfHim() {
        tokens.channel("open", "ann", "chat:a", TestTokens.EVER);
        TestExchange.Client bob = exchange.connect("bob");
        subscribe("chat:a", "open");

        assertThat(bob.ask("{\"id\":3,\"presence\":{\"channel\":\"chat:a\"}}"))
                .containsExactly("{\"id\":3,\"presence\":{\"presence\":{\"" + ann.session.id()
                        + "\":{\"user\":\"ann\",\"client\":\"" + ann.session.id()
                        + "\",\"conn_info\":\"info\",\"chan_info\":\"of the token\"}}}}");
    }

    @Test
    void aPrivateChannelOpensToNothingElse() {
        assertThat(ann.ask("{\"id\":2,\"subscribe\":{\"channel\":\"$chat:a\"}}").get(0))
                .contains("\"code\":103");
        assertThat(exchange.hub.channels()).isZero();
    }

    @Test
    void aTokenDecidesWhereTheRuleLetsNobody() {
        tokens.channel("shut", "ann", "shut:a", TestTokens.EVER);

        assertThat(subscribe("shut:a", "shut")).contains("\"subscribe\"");
        assertThat(ann.ask("{\"id\":3,\"subscribe\":{\"channel\":\"shut:b\"}}").get(0))
                .contains("\"code\":103");
    }

    @ParameterizedTest
    @CsvSource({
        "$chat:a, other user",
        "$chat:a, nobody",
        "$chat:a, other channel",
        "$chat:a, other session",
        "chat:a, S",
        "$chat:A, S"
    })
    void oneForSomebodyOrSomethingElseEndsTheSession(String channel, String token) {
        tokens.channel("other user", "bob", "$chat:a", TestTokens.EVER)
                .channel("nobody", "", "$chat:a", TestTokens.EVER)
                .channel("other channel", "ann", "$chat:b", TestTokens.EVER)
                .channel("other session", "ann", "$chat:a", "4711", TestTokens.EVER);

        ann.say(command("subscribe", channel, token));

        assertThat(ann.connection.closed()).contains(Disconnect.INVALID_TOKEN);
        assertThat(exchange.hub.channels()).isZero();
    }

    @Test
    void oneForThisVerySessionIsGood() {
        tokens.channel("mine", "ann", "$chat:a", ann.session.id(), TestTokens.EVER);

        assertThat(subscribe("$chat:a", "mine")).contains("\"subscribe\"");
    }

    @ParameterizedTest
    @CsvSource({
        "$chat:a, old, 109",
        "$chat:a, over, 109",
        "$chat:a, bad, 103",
        "$chat:a, broken, 100",
        "$nowhere:a, S, 102",
        "chat:a, bad, 103"
    })
    void aTokenThatIsNoGoodIsRefused(String channel, String token, int code) {
        tokens.channel("over", "ann", "$chat:a", 0);

        assertThat(subscribe(channel, token)).startsWith("{\"id\":2,\"error\":{\"code\":" + code + ",");
        assertThat(ann.connection.closed()).isEmpty();
        assertThat(exchange.hub.channels()).isZero();
    }

    @Test
    void atItsEndNothingMoreIsDelivered() {
        subscribe("$chat:a", "S");
        exchange.publish("$chat:a", 1, 1);
        exchange.pass(Duration.ofMillis(19_999));
        assertThat(ann.data()).containsExactly("1");

        exchange.pass(Duration.ofMillis(1));
        exchange.publish("$chat:a", 2, 3);

        assertThat(ann.heard()).containsExactly(EXPIRED);
        assertThat(exchange.hub.channels()).isZero();
        assertThat(ann.session.isOpen()).isTrue();
    }

    @Test
    void whatWaitedForASlowReaderIsDroppedAtItsEnd() {
        tokens.channel("short", "ann", "$chat:a", 4); // a write may stay in flight for five seconds
        subscribe("$chat:a", "short");
        ann.connection.hold();
        exchange.publish("$chat:a", 1, 1);
        exchange.publish("$chat:a", 2, 9);

        exchange.pass(Duration.ofSeconds(4));
        ann.connection.release();

        assertThat(ann.heard()).hasSize(2).last().isEqualTo(EXPIRED);
    }

    @Test
    void whileACommandIsPendingItEndsAllTheSame() {
        subscribe("$chat:a", "S");
        tokens.gate = new CompletableFuture<>();
        ann.say(command("subscribe", "$chat:b", "bad"));

        exchange.pass(Duration.ofSeconds(20));
        exchange.publish("$chat:a", 1, 1);
        assertThat(ann.heard()).doesNotContain(EXPIRED);
        tokens.gate.complete(true);

        assertThat(ann.heard()).hasSize(2).last().isEqualTo(EXPIRED);
    }

    @Test
    void aNewTokenProlongsIt() {
        subscribe("$chat:a", "S");
        tokens.channel("later", "ann", "$chat:a", 40);

        exchange.pass(Duration.ofSeconds(15));
        assertThat(refresh("later")).isEqualTo("{\"id\":3,\"sub_refresh\":{\"expires\":true,\"ttl\":19}}");
        exchange.pass(Duration.ofSeconds(6));
        exchange.publish("$chat:a", 1, 1);
        assertThat(ann.data()).containsExactly("1");
        assertThat(refresh("ever")).isEqualTo("{\"id\":3,\"sub_refresh\":{}}");
        assertThat(refresh("later")).contains("\"ttl\":15");
        ann.say("{}");
        exchange.pass(Duration.ofSeconds(19));
        assertThat(ann.heard()).contains(EXPIRED);
    }

    @Test
    void oneThatHadNoEndMayGetOne() {
        subscribe("$chat:a", "ever");

        assertThat(refresh("S")).contains("\"ttl\":15");
        exchange.pass(Duration.ofSeconds(20));

        assertThat(ann.heard()).contains(EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({"old, 110", "over, 110", "'', 107", "broken, 100"})
    void whatDoesNotProlongItIsRefused(String token, int code) {
        tokens.channel("over", "ann", "$chat:a", 0);
        subscribe("$chat:a", "S");

        assertThat(refresh(token)).startsWith("{\"id\":3,\"error\":{\"code\":" + code + ",");
        exchange.publish("$chat:a", 1, 1);
        assertThat(ann.data()).containsExactly("1");
        exchange.pass(Duration.ofSeconds(20));
        assertThat(ann.heard()).contains(EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({"bad", "other user", "other channel"})
    void whatIsNotForItEndsTheSession(String token) {
        tokens.channel("other user", "bob", "$chat:a", TestTokens.EVER)
                .channel("other channel", "ann", "$chat:b", TestTokens.EVER);
        subscribe("$chat:a", "S");

        ann.say(command("sub_refresh", "$chat:a", token));
        assertThat(ann.connection.closed()).contains(Disconnect.INVALID_TOKEN);
    }

    @Test
    void onlyWhatATokenOpenedIsRenewed() {
        ann.say("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}");

        assertThat(ann.ask(command("sub_refresh", "chat:a", "S")).get(0)).contains("\"code\":108");
        assertThat(ann.ask(command("sub_refresh", "$chat:a", "S")).get(0)).contains("\"code\":103");
    }

    private String subscribe(String channel, String token) {
        return ann.ask(command("subscribe", channel, token)).get(0);
    }

    private String refresh(String token) {
        return ann.ask(command("sub_refresh", "$chat:a", token)).get(0);
    }

    private static String command(String name, String channel, String token) {
        int id = name.equals("subscribe") ? 2 : 3;
        return "{\"id\":" + id + ",\"" + name + "\":{\"channel\":\"" + channel + "\",\"token\":\"" + token + "\"}}";
    }
}
