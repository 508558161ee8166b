package io.switchboard.it;

import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** An endless answer, as lines or as server-sent events. */
final class StreamLine extends RequestLine implements Flow.Subscriber<String> {
    private static final String DATA = "data: ";

    private final String path;
    private final boolean events;

    StreamLine(Site site, Inbox inbox, String path, boolean events, String... headers) {
        super(site, inbox, headers);
        this.path = path;
        this.events = events;
    }

    @Override
    CompletableFuture<?> begin(String commands) {
        var answer = HTTP.sendAsync(post(path, commands), BodyHandlers.fromLineSubscriber(this));
        answer.whenComplete((response, failure) -> inbox.finish(new Inbox.End(
                1006, failure == null ? "the answer has ended: " + response.statusCode() : failure.toString())));
        return answer;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (!events) {
            hear(line);
        } else if (line.startsWith(DATA)) {
            hear(line.substring(DATA.length()));
        } else if (!line.isEmpty() && !line.startsWith(":")) {
            inbox.finish(new Inbox.End(1002, "no event: " + line));
        }
    }

    @Override
    public void onError(Throwable failure) {
        inbox.finish(new Inbox.End(1006, failure.toString()));
    }

    @Override
    public void onComplete() {
        inbox.finish(new Inbox.End(1006, "the answer has ended"));
    }
}
