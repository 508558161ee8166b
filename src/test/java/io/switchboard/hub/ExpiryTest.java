package io.switchboard.hub;

import static io.switchboard.hub.TestExchange.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.access.Identity;
import io.switchboard.message.Disconnect;
import io.switchboard.session.Limits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection lasts as long as its token, which can be renewed. */
class ExpiryTest {
    private final TestTokens tokens = new TestTokens().user("T", "ann", 100);
    private final TestExchange exchange = new TestExchange(Limits.DEFAULT, TailLimits.DEFAULT, tokens, open("chat"));

    @Test
    void theClientIsToldToRenewBeforeTheEnd() {
        TestExchange.Client ann = exchange.arrive(Identity.ANONYMOUS);

        assertThat(ann.ask("{\"id\":1,\"connect\":{\"token\":\"T\"}}").get(0)).contains("\"expires\":true,\"ttl\":75,");
        tokens.user("ever", "ann", TestTokens.EVER);
        assertThat(exchange.arrive(Identity.ANONYMOUS)
                        .ask("{\"id\":1,\"connect\":{\"token\":\"ever\"}}")
                        .get(0))
                .doesNotContain("ttl", "expires");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3_600, -3_600})
    void itEndsThenAndNotBeforeWhateverTheWallClockDoes(long step) {
        TestExchange.Client ann = exchange.connect("T");
        exchange.step = Duration.ofSeconds(step);

        pass(ann, 99);
        assertThat(ann.connection.closed()).isEmpty();
        exchange.pass(Duration.ofMillis(999));
        assertThat(ann.connection.closed()).isEmpty();
        exchange.pass(Duration.ofMillis(1));
        assertThat(ann.connection.closed()).contains(Disconnect.EXPIRED);
        assertThat(exchange.sessions.count()).isZero();
    }

    @Test
    void aNewTokenProlongsIt() {
        TestExchange.Client ann = exchange.connect("T");
        tokens.user("later", "ann", 275).user("ever", "ann", TestTokens.EVER);

        pass(ann, 75);
        assertThat(ann.ask(refresh("later"))).containsExactly("{\"id\":9,\"refresh\":{\"expires\":true,\"ttl\":175}}");
        pass(ann, 199);
        assertThat(ann.connection.closed()).isEmpty();
        assertThat(ann.ask(refresh("ever"))).containsExactly("{\"id\":9,\"refresh\":{}}");
        pass(ann, 3_600);
        assertThat(ann.connection.closed()).isEmpty();
        ann.say(refresh("later")); // there is nothing to renew any more
        assertThat(ann.connection.closed()).contains(Disconnect.BAD_REQUEST);
    }

    @Test
    void aNewTokenMayShortenIt() {
        TestExchange.Client ann = exchange.connect("T");
        tokens.user("sooner", "ann", 10);

        ann.say(refresh("sooner"));
        pass(ann, 10);

        assertThat(ann.connection.closed()).contains(Disconnect.EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({"other, 3500", "nobody, 3500", "bad, 3500", "old, 3005", "'', 3501"})
    void aTokenThatRenewsNothingEndsIt(String token, int code) {
        tokens.user("other", "bob", 500).user("nobody", "", 500);
        TestExchange.Client ann = exchange.connect("T");

        assertThat(ann.ask(refresh(token))).isEmpty();
        assertThat(ann.connection.closed()).map(Disconnect::code).contains(code);
    }

    @Test
    void whatCannotBeJudgedIsTriedAgain() {
        TestExchange.Client ann = exchange.connect("T");

        assertThat(ann.ask(refresh("broken")).get(0)).contains("\"code\":100", "\"temporary\":true");
        pass(ann, 99);
        assertThat(ann.connection.closed()).isEmpty();
        pass(ann, 1);
        assertThat(ann.connection.closed()).contains(Disconnect.EXPIRED);
    }

    @Test
    void whoseRightHasNoEndHasNothingToRenew() {
        TestExchange.Client client = exchange.connect();

        client.say(refresh("T"));
        assertThat(client.connection.closed()).contains(Disconnect.BAD_REQUEST);
    }

    /** Lets so many seconds pass, in which the client answers its pings. */
    private void pass(TestExchange.Client client, int seconds) {
        for (int i = 0; i < seconds; i++) {
            exchange.pass(Duration.ofSeconds(1));
            List<String> heard = client.connection.lines();
            heard.stream().filter("{}"::equals).forEach(client::say);
        }
    }

    private static String refresh(String token) {
        return "{\"id\":9,\"refresh\":{\"token\":\"" + token + "\"}}";
    }
}
