package io.switchboard.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A line on which every word is a request: the first one begins, the others say by whom they are. */
abstract class RequestLine implements Line {
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "request-line");
        thread.setDaemon(true);
        return thread;
    });
    /** HTTP/1.1, without the question for anything better. */
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(THREADS)
            .build();

    final Site site;
    final Inbox inbox;
    private final String[] headers;
    private final CompletableFuture<JsonObject> connected = new CompletableFuture<>();
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(true); // guarded by this
    private boolean begun; // guarded by this
    private volatile Optional<CompletableFuture<?>> open = Optional.empty();
    private volatile boolean aborted;

    RequestLine(Site site, Inbox inbox, String... headers) {
        this.site = site;
        this.inbox = inbox;
        this.headers = headers.clone();
        inbox.answerThrough(this);
    }

    /** Sends the first words, and hears what comes from then on. */
    abstract CompletableFuture<?> begin(String commands);

    @Override
    public final CompletableFuture<?> send(String commands) {
        CompletableFuture<?> sent;
        synchronized (this) {
            if (begun) {
                lastSend = lastSend.thenCombine(connected, (before, answer) -> answer)
                        .thenCompose(answer -> emulate(answer, commands));
                return lastSend.copy();
            }
            begun = true;
        }
        sent = begin(commands);
        open = Optional.of(sent);
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public final void abort() {
        aborted = true;
        open.ifPresent(request -> request.cancel(true));
    }

    /** The request that is open now. */
    final void isOpen(CompletableFuture<?> request) {
        open = Optional.of(request);
        if (aborted) {
            request.cancel(true);
        }
    }

    /** Hears lines; the answer to connect says how to go on. */
    final void hear(String lines) {
        if (!connected.isDone()) {
            lines.lines()
                    .map(Inbox::read)
                    .filter(reply -> reply.containsKey("connect"))
                    .forEach(reply -> connected.complete(reply.getJsonObject("connect")));
        }
        inbox.hear(lines);
    }

    final CompletableFuture<JsonObject> connected() {
        return connected;
    }

    final HttpRequest post(String path, String body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(site.http(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.build();
    }

    private CompletableFuture<?> emulate(JsonObject answer, String commands) {
        String body = Json.createObjectBuilder()
                .add("session", answer.getString("session"))
                .add("node", answer.getString("node"))
                .add("data", commands)
                .build()
                .toString();
        return HTTP.sendAsync(post("/emulation", body), BodyHandlers.ofString()).thenAccept(RequestLine::taken);
    }

    private static void taken(HttpResponse<String> response) {
        if (response.statusCode() != 204) {
            throw new IllegalStateException("emulation was answered " + response.statusCode());
        }
    }
}
