package io.switchboard.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.ClientInfo;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.Handle;
import io.switchboard.message.News;
import io.switchboard.message.Position;
import io.switchboard.message.Problem;
import io.switchboard.message.Publication;
import io.switchboard.message.Unsubscribe;
import io.switchboard.session.Frame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Replies and pushes byte by byte: zero values left out, result objects never. */
class NativeCodecTest {
    private static final ClientInfo ANN =
            new ClientInfo("42", "9b1c", Optional.of("{\"name\":\"Ann\"}"), Optional.empty());

    private final NativeCodec codec = new NativeCodec();

    @Test
    void repliesHaveTheProtocolsForm() {
        assertThat(text(new Event.Connected(1, "9b1c", "sb 0.1", 25, OptionalLong.empty(), Map.of(), Optional.empty())))
                .isEqualTo(
                        "{\"id\":1,\"connect\":{\"client\":\"9b1c\",\"version\":\"sb 0.1\",\"ping\":25,\"pong\":true}}");
        assertThat(text(new Event.Connected(
                        1, "c", "v", 25, OptionalLong.empty(), Map.of(), Optional.of(new Handle("secret", "n1")))))
                .isEqualTo("{\"id\":1,\"connect\":{\"client\":\"c\",\"version\":\"v\",\"ping\":25,\"pong\":true,"
                        + "\"session\":\"secret\",\"node\":\"n1\"}}");
        assertThat(text(new Event.Ended(Disconnect.FORCED)))
                .isEqualTo("{\"push\":{\"disconnect\":{\"code\":3503,\"reason\":\"force disconnect\"}}}");
        assertThat(text(new Event.Done(5, "publish"))).isEqualTo("{\"id\":5,\"publish\":{}}");
        assertThat(text(new Event.Refused(6, Problem.INTERNAL)))
                .isEqualTo(
                        "{\"id\":6,\"error\":{\"code\":100,\"message\":\"internal server error\",\"temporary\":true}}");
        assertThat(text(new Event.Members(3, Map.of()))).isEqualTo("{\"id\":3,\"presence\":{\"presence\":{}}}");
        assertThat(text(new Event.Members(3, Map.of("9b1c", ANN))))
                .isEqualTo("{\"id\":3,\"presence\":{\"presence\":{\"9b1c\":{\"user\":\"42\",\"client\":\"9b1c\","
                        + "\"conn_info\":{\"name\":\"Ann\"}}}}}");
        assertThat(text(new Event.MemberCounts(3, 0, 0)))
                .isEqualTo("{\"id\":3,\"presence_stats\":{\"num_clients\":0,\"num_users\":0}}");
        assertThat(text(new Event.Remembered(3, List.of(), new Position("e", 0))))
                .isEqualTo("{\"id\":3,\"history\":{\"publications\":[],\"epoch\":\"e\",\"offset\":0}}");
        assertThat(text(new Event.Unsubscribed("a", Unsubscribe.BY_SERVER)))
                .isEqualTo(
                        "{\"push\":{\"channel\":\"a\",\"unsubscribe\":{\"code\":2000,\"reason\":\"server unsubscribe\"}}}");
    }

    @Test
    void newsOfAChannelShareAFrameLineByLine() {
        Publication publication =
                new Publication("{\"t\":1}", new Position("e", 4), Optional.of(ANN), Map.of("kind", "a\"b"));

        List<Frame> frames = codec.encode("a", List.of(publication, new News.Join(ANN), new News.Leave(ANN)));

        String info = "{\"user\":\"42\",\"client\":\"9b1c\",\"conn_info\":{\"name\":\"Ann\"}}";
        assertThat(frames).hasSize(1);
        assertThat(((Frame.Text) frames.get(0)).text().split("\n"))
                .containsExactly(
                        "{\"push\":{\"channel\":\"a\",\"pub\":{\"data\":{\"t\":1},\"offset\":4,\"info\":" + info
                                + ",\"tags\":{\"kind\":\"a\\\"b\"}}}}",
                        "{\"push\":{\"channel\":\"a\",\"join\":{\"info\":" + info + "}}}",
                        "{\"push\":{\"channel\":\"a\",\"leave\":{\"info\":" + info + "}}}");
    }

    @Test
    void joiningAddsOneByteBetweenFrames() {
        Frame joined =
                codec.join(List.of(Frame.of("{\"回\":1}"), Frame.of("{}"))).get(0);

        assertThat(((Frame.Text) joined).text()).isEqualTo("{\"回\":1}\n{}");
        assertThat(joined.size()).isEqualTo("{\"回\":1}\n{}".getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }

    @Test
    void everyEventHasAForm() {
        for (Class<?> kind : Event.class.getPermittedSubclasses()) {
            assertThat(kind.getSimpleName())
                    .isIn(
                            "Connected",
                            "Ended",
                            "Refreshed",
                            "SubRefreshed",
                            "Subscribed",
                            "Done",
                            "Members",
                            "MemberCounts",
                            "Remembered",
                            "Refused",
                            "Unsubscribed",
                            "Missed");
        }
    }

    @Test
    void textIsQuotedSoThatItSurvivesUtf8() {
        assertThat(JsonWriter.quoted("a\"\\\n\u0001\ud83d\ude00\ud800回"))
                .isEqualTo("\"a\\\"\\\\\\n\\u0001\ud83d\ude00\\ud800回\"");
    }

    private String text(Event event) {
        List<Frame> frames = codec.encode(event);
        assertThat(frames).hasSize(1);
        assertThat(frames.get(0).size())
                .isEqualTo(((Frame.Text) frames.get(0)).text().length());
        return ((Frame.Text) frames.get(0)).text();
    }
}
