package io.switchboard.hub;

import static io.switchboard.hub.TestExchange.closed;
import static io.switchboard.hub.TestExchange.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.access.Identity;
import io.switchboard.access.ServerSubscription;
import io.switchboard.session.Limits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who loses a right loses what it opened, at once, and nothing else. */
class ReauthorizeTest {
    private static final Identity NO_ROLES = Identity.of("ann", Set.of());

    private final TestTokens tokens = new TestTokens()
            .user("T", "ann", 1_000, Set.of("staff", "guard"), Map.of("staff:server", ServerSubscription.PLAIN))
            .user("less", "ann", 2_000, "guard")
            .channel("S", "ann", "staff:token", TestTokens.EVER);
    private final TestExchange exchange = new TestExchange(
            Limits.DEFAULT,
            TailLimits.DEFAULT,
            tokens,
            closed("staff", "role:staff", "anyone"),
            closed("guarded", "anyone", "role:guard"),
            open("chat"));
    private final TestExchange.Client ann = exchange.connect("T");

    @Test
    void aLostRoleEndsExactlyWhatNeededIt() {
        subscribe("staff:a", "");
        subscribe("staff:b", "");
        subscribe("chat:a", "");
        subscribe("staff:token", ",\"token\":\"S\"");

        exchange.dispatcher.reauthorize(ann.session, NO_ROLES);

        assertThat(ann.heard()).containsExactlyInAnyOrder(denied("staff:a"), denied("staff:b"));
        assertThat(ann.session.channels()).containsExactlyInAnyOrder("chat:a", "staff:token", "staff:server");
        for (String channel : List.of("staff:a", "staff:b", "staff:token", "staff:server", "chat:a")) {
            exchange.publish(channel, "\"" + channel + "\"");
        }
        assertThat(ann.data()).containsExactlyInAnyOrder("\"staff:token\"", "\"staff:server\"", "\"chat:a\"");
        assertThat(exchange.hub.channels()).isEqualTo(3);
    }

    @Test
    void whatWaitsBehindASlowConnectionIsNotDelivered() {
        subscribe("staff:a", "");
        ann.connection.hold();
        exchange.publish("staff:a", 1, 1);
        exchange.publish("staff:a", 2, 500);

        exchange.dispatcher.reauthorize(ann.session, NO_ROLES);
        exchange.publish("staff:a", 501, 600);
        ann.connection.release();

        assertThat(ann.heard()).hasSize(2).first().asString().contains("\"data\":1}");
        assertThat(exchange.hub.channels()).isEqualTo(1);
    }

    @Test
    void whatIsPublishedWhileACommandIsPendingIsNotDelivered() {
        subscribe("staff:a", "");
        tokens.gate = new CompletableFuture<>();
        ann.say("{\"id\":5,\"subscribe\":{\"channel\":\"staff:token\",\"token\":\"S\"}}");

        exchange.dispatcher.reauthorize(ann.session, NO_ROLES);
        exchange.publish("staff:a", 1, 3);
        assertThat(ann.heard()).isEmpty();
        tokens.gate.complete(true);

        assertThat(ann.heard()).hasSize(2).last().isEqualTo(denied("staff:a"));
    }

    @Test
    void aPositionOpensNothing() {
        Identity staff = ann.session.identity();
        TestExchange.Client late = exchange.connect();
        String again =
                "{\"id\":4,\"subscribe\":{\"channel\":\"staff:a\",\"recover\":true,\"offset\":1,\"epoch\":\"e\"}}";
        assertThat(ann.ask(again).get(0)).contains("\"subscribe\"");
        exchange.dispatcher.reauthorize(ann.session, NO_ROLES);
        ann.heard();

        assertThat(ann.ask(again).get(0)).contains("\"code\":103");
        assertThat(late.ask(again).get(0)).contains("\"code\":103");
        exchange.dispatcher.reauthorize(ann.session, staff);
        assertThat(ann.ask(again).get(0)).contains("\"subscribe\"");
    }

    @Test
    void aRefreshWithFewerRolesEndsWhatNeededThem() {
        subscribe("staff:a", "");
        subscribe("chat:a", "");

        assertThat(ann.ask("{\"id\":6,\"refresh\":{\"token\":\"less\"}}"))
                .containsExactly("{\"id\":6,\"refresh\":{\"expires\":true,\"ttl\":1975}}", denied("staff:a"));
        assertThat(ann.session.channels()).containsExactlyInAnyOrder("chat:a", "staff:server");
        assertThat(ann.session.identity().roles()).containsExactly("guard");
    }

    @Test
    void whoMayNotSeeMembersAnyMoreComesBackAndHearsLess() {
        String subscribe = "{\"id\":2,\"subscribe\":{\"channel\":\"guarded:a\",\"join_leave\":true}}";
        ann.say(subscribe);
        ann.heard();
        TestExchange.Client bob = exchange.connect();
        bob.say("{\"id\":2,\"subscribe\":{\"channel\":\"guarded:a\"}}");
        assertThat(ann.heard()).singleElement().asString().contains("\"join\"");

        exchange.dispatcher.reauthorize(ann.session, NO_ROLES);
        assertThat(ann.heard()).singleElement().asString().contains("\"code\":2500");
        ann.ask(subscribe);
        bob.say("{\"id\":3,\"unsubscribe\":{\"channel\":\"guarded:a\"}}");
        exchange.publish("guarded:a", 1, 1);
        assertThat(ann.heard()).singleElement().asString().contains("\"pub\"");
    }

    @Test
    void whoKeepsHisRolesKeepsEverything() {
        subscribe("staff:a", "");

        exchange.dispatcher.reauthorize(ann.session, ann.session.identity());
        assertThat(ann.heard()).isEmpty();
        exchange.publish("staff:a", 1, 1);
        assertThat(ann.data()).containsExactly("1");
    }

    private void subscribe(String channel, String more) {
        assertThat(ann.ask("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"" + more + "}}")
                        .get(0))
                .contains("\"subscribe\"");
        ann.heard();
    }

    private static String denied(String channel) {
        return "{\"push\":{\"channel\":\"" + channel
                + "\",\"unsubscribe\":{\"code\":2103,\"reason\":\"permission denied\"}}}";
    }
}
