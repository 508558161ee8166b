package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of polls that get lost, overtake each other or come from nowhere. */
interface LongPollChecks {
    Site site();

    @Test
    default void answerThatNobodyGotIsGivenAgain() {
        String channel = fresh("big");
        JsonObject ann = connect(channel);
        new Probe(site()).publish(channel, 1, 2, 10, 0);

        String lost = poll(ann, 2).join().body();
        String again = poll(ann, 2).join().body();

        assertThat(lost).startsWith("{\"poll\":3}\n").contains("\"n\":1");
        assertThat(again).isEqualTo(lost);
        new Probe(site()).publish(channel, 3, 1, 10, 0);
        assertThat(poll(ann, 3).join().body()).contains("\"n\":3").doesNotContain("\"n\":1,");
    }

    @Test
    default void pollThatIsOvertakenIsToldToGo() {
        String channel = fresh("big");
        JsonObject ann = connect(channel);
        CompletableFuture<HttpResponse<String>> first = poll(ann, 2);
        CompletableFuture<HttpResponse<String>> second = poll(ann, 2);

        CompletableFuture.anyOf(first, second).join();
        new Probe(site()).publish(channel, 1, 1, 10, 0);

        assertThat(new int[] {first.join().statusCode(), second.join().statusCode()})
                .containsExactlyInAnyOrder(204, 200);
    }

    @Test
    default void pollWithANumberFromNowhereIsRefused() {
        JsonObject ann = connect(fresh("big"));

        assertThat(poll(ann, 7).join().statusCode()).isEqualTo(400);
        assertThat(poll(ann, 0).join().statusCode()).isEqualTo(400);
        assertThat(poll(ann, 2).isDone()).isFalse(); // and the session lives
    }

    @Test
    default void pollOfNobodyIsNotFound() {
        JsonObject nobody = Inbox.read("{\"session\":\"x\",\"node\":\"y\"}");

        assertThat(poll(nobody, 0).join().statusCode()).isEqualTo(404);
    }

    @Test
    default void reasonOfTheEndWaitsForThePoll() {
        JsonObject ann = connect(fresh("big"));

        new Probe(site())
                .ask("disconnect", "client", ann.getString("client"), "code", 3503, "reason", "force disconnect");

        assertThat(poll(ann, 2).join().body())
                .isEqualTo(
                        "{\"poll\":3}\n{\"push\":{\"disconnect\":{\"code\":3503,\"reason\":\"force disconnect\"}}}\n");
    }

    @Test
    default void wordsMayComeWithThePoll() {
        JsonObject ann = connect(fresh("big"));
        String body = LongPollLine.poll(ann, 2);
        String talking = body.substring(0, body.length() - 1)
                + ",\"data\":\"{\\\"id\\\":9,\\\"presence\\\":{\\\"channel\\\":\\\"big:nobody\\\"}}\"}";

        assertThat(post(talking).join().body()).contains("\"id\":9,\"presence\"");
    }

    /** Connects and subscribes by hand; batch 1 is the answer to connect, batch 2 to subscribe, or both are in one. */
    private JsonObject connect(String channel) {
        String first = post("{\"id\":1,\"connect\":{}}").join().body();
        assertThat(first).startsWith("{\"poll\":1}\n");
        JsonObject connected =
                Inbox.read(first.lines().skip(1).findFirst().orElseThrow()).getJsonObject("connect");
        String body = LongPollLine.poll(connected, 1);
        String subscribing = body.substring(0, body.length() - 1)
                + ",\"data\":\"{\\\"id\\\":2,\\\"subscribe\\\":{\\\"channel\\\":\\\"" + channel + "\\\"}}\"}";
        assertThat(post(subscribing).join().body()).startsWith("{\"poll\":2}\n").contains("\"id\":2,\"subscribe\"");
        return connected;
    }

    private CompletableFuture<HttpResponse<String>> poll(JsonObject connected, long arrived) {
        return post(LongPollLine.poll(connected, arrived));
    }

    private CompletableFuture<HttpResponse<String>> post(String body) {
        HttpRequest request = HttpRequest.newBuilder(site().http(LongPollLine.PATH))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return RequestLine.HTTP
                .sendAsync(request, BodyHandlers.ofString())
                .orTimeout(LiveClient.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
