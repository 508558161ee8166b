package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One-way streams for whoever can read server-sent events. */
interface OneWayChecks {
    String PATH = "/connection/uni_sse?channel=";

    Site site();

    @Test
    default void pushesAreBare() {
        String channel = fresh("big");
        try (var events = EventSource.open(site(), PATH + channel)) {
            assertThat(events.next().data())
                    .startsWith("{\"connect\":{\"client\":\"")
                    .doesNotContain("session", "pong");
            assertThat(events.next("subscribe").data())
                    .startsWith("{\"channel\":\"" + channel + "\",\"subscribe\":{\"recoverable\":true,");

            publish(channel, "{\"n\":1}");

            assertThat(events.next("pub").data())
                    .isEqualTo("{\"channel\":\"" + channel + "\",\"pub\":{\"data\":{\"n\":1},\"offset\":1}}");
        }
    }

    @Test
    default void rawIsThePayloadAlone() {
        String channel = fresh("big");
        try (var events = raw("channel=" + channel)) {
            publish(channel, "{\"n\":1}");
            publish(channel, "\"<li>one</li>\\n<li>two\\u00e4</li>\"");

            assertThat(events.next()).satisfies(first -> {
                assertThat(first.name()).isEmpty();
                assertThat(first.data()).isEqualTo("{\"n\":1}");
            });
            assertThat(events.next().data()).isEqualTo("<li>one</li>\n<li>twoä</li>");
        }
    }

    @Test
    default void lastEventIdRecoversAllChannels() {
        String one = fresh("big");
        String two = fresh("big");
        String query = "channel=" + one + "&channel=" + two;
        String id;
        try (var events = raw(query)) {
            publish(one, "1");
            assertThat(events.next())
                    .satisfies(event ->
                            assertThat(List.of(event.name(), event.data())).containsExactly(one, "1"));
            publish(two, "2");
            EventSource.Event second = events.next();
            assertThat(List.of(second.name(), second.data())).containsExactly(two, "2");
            id = second.id();
        }
        publish(one, "3");
        publish(two, "4");
        publish(one, "5");

        try (var events = raw(query, "Last-Event-ID", id)) {
            assertThat(List.of(
                            events.next().data(),
                            events.next().data(),
                            events.next().data()))
                    .containsExactlyInAnyOrder("3", "4", "5");
            publish(two, "6");
            assertThat(events.next().data()).isEqualTo("6");
        }
    }

    @Test
    default void whatCannotBeRecoveredIsSaid() {
        String channel = fresh("small");
        String id;
        try (var events = raw("channel=" + channel)) {
            publish(channel, "1");
            id = events.next().id();
        }
        for (int n = 2; n < 9; n++) {
            publish(channel, String.valueOf(n));
        }
        try (var events = raw("channel=" + channel, "Last-Event-ID", id)) {
            EventSource.Event gap = events.next();
            assertThat(gap.name()).isEqualTo("gap");
            assertThat(gap.data()).isEqualTo("{\"channel\":\"" + channel + "\",\"reason\":\"unrecovered\"}");
            publish(channel, "9");
            assertThat(events.next().data()).isEqualTo("9");
        }
    }

    @Test
    default void whoMayNotListenIsToldAndLetGo() {
        try (var events = raw("channel=closed:x")) {
            EventSource.Event last = events.next();
            assertThat(last.name()).isEqualTo("disconnect");
            assertThat(last.data()).isEqualTo("{\"code\":3507,\"reason\":\"permission denied\"}");
            events.end();
        }
    }

    @Test
    default void userOfThePageIsKnown() {
        String channel = fresh("staff");
        Account ann = Account.login(site(), "ann", "writer");
        // with a GET to its own origin a browser names none
        String[] browser = {
            "Cookie", ann.cookie(), "Referer", site().http("/page").toString()
        };
        try (var events = raw("channel=" + channel, browser)) {
            new Probe(site()).ask("publish", "channel", channel, "data", "1");
            assertThat(events.next().data()).isEqualTo("1");
            ann.ask("out");
            assertThat(events.next().data()).isEqualTo("{\"code\":3005,\"reason\":\"connection expired\"}");
        }
        try (var events = raw("channel=" + channel, "Cookie", ann.cookie(), "Referer", "https://evil.example/page")) {
            assertThat(events.next().name()).isEqualTo("disconnect");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "channel=big:x&format=xml",
        "channel=big:x&last_event_id=nonsense",
        "channel=big:x&last_event_id=a%3D-1:b",
        "cf_connect=%7B",
        "cf_connect=%7B%7D%7B%7D"
    })
    default void requestsThatAreNotUnderstoodAreRefused(String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(site().http("/connection/uni_sse?" + query))
                .build();

        assertThat(RequestLine.HTTP.send(request, BodyHandlers.ofString()).statusCode())
                .isEqualTo(400);
    }

    private EventSource raw(String query, String... headers) {
        Probe probe = new Probe(site());
        long before = probe.counter("commands.subscribe");
        EventSource events = EventSource.open(site(), "/connection/uni_sse?format=raw&" + query, headers);
        int channels = query.split("channel=", -1).length - 1;
        await().until(() -> probe.counter("commands.subscribe") == before + channels); // nothing on the wire says so
        return events;
    }

    private void publish(String channel, String json) {
        new Probe(site()).ask("publish", "channel", channel, "data", json);
    }
}
