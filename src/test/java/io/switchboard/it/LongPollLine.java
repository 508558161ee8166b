package io.switchboard.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** One request after the other, each of which says that the last answer has arrived. */
final class LongPollLine extends RequestLine {
    static final String PATH = "/connection/longpoll";

    private long last; // confined to one poll after the other

    LongPollLine(Site site, Inbox inbox, String... headers) {
        super(site, inbox, headers);
    }

    @Override
    CompletableFuture<?> begin(String commands) {
        return ask(commands);
    }

    /** The body of a poll of whoever got this answer to connect. */
    static String poll(JsonObject connected, long arrived) {
        return Json.createObjectBuilder()
                .add("session", connected.getString("session"))
                .add("node", connected.getString("node"))
                .add("poll", arrived)
                .build()
                .toString();
    }

    private CompletableFuture<?> ask(String body) {
        var answer = HTTP.sendAsync(post(PATH, body), BodyHandlers.ofString());
        isOpen(answer);
        answer.whenComplete((response, failure) -> {
            if (failure != null) {
                inbox.finish(new Inbox.End(1006, failure.toString()));
            } else {
                answered(response);
            }
        });
        return answer;
    }

    private void answered(HttpResponse<String> response) {
        String body = response.body();
        int first = body.indexOf('\n');
        if (response.statusCode() != 200 || first < 0) {
            inbox.finish(new Inbox.End(1006, "a poll was answered " + response.statusCode() + " " + body));
            return;
        }
        long number = Inbox.read(body.substring(0, first)).getJsonNumber("poll").longValue();
        if (number != last && number != last + 1) {
            inbox.finish(new Inbox.End(1002, "batch " + number + " after " + last));
            return;
        }
        last = number;
        hear(body.substring(first + 1));
        if (connected().isDone() && !inbox.isOver()) {
            ask(poll(connected().join(), number));
        }
    }
}
