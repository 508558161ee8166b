package io.switchboard.hub;

import static io.switchboard.hub.TestExchange.open;
import static io.switchboard.hub.TestExchange.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channel.OnLag;
import io.switchboard.session.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Live delivery: what is said reaches all who follow, in order, with as few frames as the load allows. */
class LiveTest {
    private final TestExchange exchange =
            new TestExchange(TailLimits.DEFAULT, open("chat"), plain("plain", OnLag.RESUBSCRIBE));

    @Test
    void aPublicationReachesEverySubscriberAndItsPublisher() {
        TestExchange.Client ann = exchange.connect();
        TestExchange.Client bob = exchange.connect();
        ann.say("{\"subscribe\":{\"channel\":\"chat:a\"},\"id\":2}");
        bob.say("{\"subscribe\":{\"channel\":\"chat:a\"},\"id\":2}");
        bob.heard();

        List<String> answer = ann.ask("{\"publish\":{\"channel\":\"chat:a\",\"data\":{\"x\":1}},\"id\":3}");

        String push =
                "{\"push\":{\"channel\":\"chat:a\",\"pub\":{\"data\":{\"x\":1},\"offset\":1,\"info\":{\"user\":\"\","
                        + "\"client\":\"" + ann.session.id() + "\"}}}}";
        assertThat(answer).containsExactlyInAnyOrder("{\"id\":3,\"publish\":{}}", push);
        assertThat(bob.heard()).containsExactly(push);
    }

    @Test
    void theSameFrameIsSharedByAllWhoReadFromTheSamePlace() {
        TestExchange.Client ann = exchange.connect();
        TestExchange.Client bob = exchange.connect();
        ann.say("{\"subscribe\":{\"channel\":\"plain:a\"},\"id\":2}");
        bob.say("{\"subscribe\":{\"channel\":\"plain:a\"},\"id\":2}");
        ann.heard();
        bob.heard();

        exchange.publish("plain:a", 1, 3);

        assertThat(ann.connection.frames()).hasSize(1);
        assertThat(ann.connection.frames().get(0))
                .isSameAs(bob.connection.frames().get(0));
    }

    @Test
    void whatPilesUpDuringAWriteLeavesInOneFrame() {
        TestExchange.Client ann = exchange.connect();
        ann.say("{\"subscribe\":{\"channel\":\"plain:a\"},\"id\":2}");
        ann.heard();
        ann.connection.hold();

        exchange.publish("plain:a", 1, 1);
        exchange.publish("plain:a", 2, 50);
        ann.connection.release();

        assertThat(ann.connection.frames()).hasSize(2);
        assertThat(ann.data()).hasSize(50).startsWith("1", "2").endsWith("50");
    }

    @Test
    void aStuckSessionDelaysNobody() {
        TestExchange.Client stuck = exchange.connect();
        TestExchange.Client quick = exchange.connect();
        stuck.say("{\"subscribe\":{\"channel\":\"plain:a\"},\"id\":2}");
        quick.say("{\"subscribe\":{\"channel\":\"plain:a\"},\"id\":2}");
        stuck.connection.hold();
        quick.heard();

        for (int i = 1; i <= 10; i++) {
            exchange.publish("plain:a", i, i);
            assertThat(quick.data()).containsExactly(String.valueOf(i));
        }
        assertThat(stuck.connection.frames().stream().mapToInt(Frame::size).sum())
                .isLessThan(300);
    }

    @Test
    void oneSessionReadsItsChannelsTogether() {
        TestExchange.Client ann = exchange.connect();
        ann.say(
                "{\"subscribe\":{\"channel\":\"plain:a\"},\"id\":2}\n{\"subscribe\":{\"channel\":\"plain:b\"},\"id\":3}");
        ann.heard();
        ann.connection.hold();

        exchange.publish("plain:a", 1, 1);
        exchange.publish("plain:b", 2, 2);
        exchange.publish("plain:a", 3, 3);
        ann.connection.release();

        assertThat(ann.connection.frames()).hasSize(2);
        assertThat(ann.data()).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void nothingIsHeardAfterTheUnsubscribeAnswer() {
        TestExchange.Client ann = exchange.connect();
        ann.say("{\"subscribe\":{\"channel\":\"chat:a\"},\"id\":2}");
        ann.heard();
        exchange.publish("chat:a", "1");

        List<String> heard = ann.ask("{\"unsubscribe\":{\"channel\":\"chat:a\"},\"id\":3}");
        exchange.publish("chat:a", 2, 2);

        assertThat(heard).contains("{\"id\":3,\"unsubscribe\":{}}");
        assertThat(ann.heard()).isEmpty();
        assertThat(exchange.hub.channels()).isZero();
    }

    @Test
    void membersComeAndGoInTheEyesOfThoseWhoAskedForIt() {
        TestExchange.Client ann = exchange.connect();
        TestExchange.Client deaf = exchange.connect();
        ann.say("{\"subscribe\":{\"channel\":\"chat:a\",\"join_leave\":true},\"id\":2}");
        deaf.say("{\"subscribe\":{\"channel\":\"chat:a\"},\"id\":2}");
        ann.heard();
        deaf.heard();

        TestExchange.Client bob = exchange.connect();
        bob.say("{\"subscribe\":{\"channel\":\"chat:a\"},\"id\":2}");
        bob.session.gone(1006);

        String info = "{\"info\":{\"user\":\"\",\"client\":\"" + bob.session.id() + "\"}}";
        assertThat(ann.heard())
                .containsExactly(
                        "{\"push\":{\"channel\":\"chat:a\",\"join\":" + info + "}}",
                        "{\"push\":{\"channel\":\"chat:a\",\"leave\":" + info + "}}");
        assertThat(deaf.heard()).isEmpty();
    }

    @Test
    void theJoinerHearsItsOwnJoinBehindTheAnswer() {
        TestExchange.Client ann = exchange.connect();

        List<String> heard = ann.ask("{\"subscribe\":{\"channel\":\"chat:a\",\"join_leave\":true},\"id\":2}");

        assertThat(heard).hasSize(2);
        assertThat(heard.get(0)).startsWith("{\"id\":2,\"subscribe\":{");
        assertThat(heard.get(1)).contains("\"join\"").contains(ann.session.id());
    }
}
