package io.switchboard.it;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A reader of server-sent events (HTML standard, section 9.2.6) that keeps them until somebody asks. */
final class EventSource implements Flow.Subscriber<String>, AutoCloseable {
    /** One event; the name is empty where none was given. */
    record Event(String name, String data, String id) {}

    private static final Event END = new Event("the stream has ended", "", "");

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<HttpResponse<Void>> answer;
    private final List<String> data = new ArrayList<>(); // what follows is confined to the JDK's calls, one at a time
    private String name = "";
    private String lastId = "";

    private EventSource(HttpRequest request) {
        answer = RequestLine.HTTP.sendAsync(request, BodyHandlers.fromLineSubscriber(this));
    }

    /** Opens one, with pairs of a header's name and value. */
    static EventSource open(Site site, String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(site.http(path)).header("Accept", "text/event-stream");
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return new EventSource(builder.build());
    }

    /** Waits for the next event. */
    Event next() {
        try {
            Event next = events.poll(LiveClient.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no event came");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the next event whose data holds this. */
    Event next(String part) {
        Event next = next();
        while (!next.data().contains(part) && next != END) {
            next = next();
        }
        return next;
    }

    /** Waits for the end of the stream. */
    void end() {
        Event next = next();
        while (next != END) {
            next = next();
        }
    }

    @Override
    public void close() {
        answer.cancel(true);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.isEmpty()) {
            if (!data.isEmpty()) {
                events.add(new Event(name, String.join("\n", data), lastId));
            }
            data.clear();
            name = "";
        } else if (line.startsWith("data: ")) {
            data.add(line.substring("data: ".length()));
        } else if (line.startsWith("id: ")) {
            lastId = line.substring("id: ".length());
        } else if (line.startsWith("event: ")) {
            name = line.substring("event: ".length());
        }
    }

    @Override
    public void onError(Throwable failure) {
        events.add(END);
    }

    @Override
    public void onComplete() {
        events.add(END);
    }
}
