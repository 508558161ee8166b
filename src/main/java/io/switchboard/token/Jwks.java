package io.switchboard.token;

import io.switchboard.json.JsonFault;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * The keys that an issuer publishes: fetched when they are needed, by one request at a time, and kept while the issuer
 * is away. Thread-safe; never blocks.
 */
final class Jwks {
    private static final Logger LOG = System.getLogger(Jwks.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long GAP = Duration.ofSeconds(30).toNanos();
    private static final long GAP_WITHOUT_KEYS = Duration.ofSeconds(5).toNanos();
    private static final int MAX_BODY = 64 * 1024;
    private static final int OK = 200;

    private record Known(JwksDocument document, long since) {}

    private final JwksSource source;
    private final LongSupplier nanos;
    private final Alarm alarm;
    private final HttpRequest request;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final Object lock = new Object();
    /** The latest attempt to fetch them. Guarded by {@link #lock}. */
    private CompletableFuture<JwksDocument> latest =
            CompletableFuture.failedFuture(new IOException("the keys were not fetched yet"));
    /** Guarded by {@link #lock}. */
    private Optional<Long> latestAt = Optional.empty();

    private volatile Optional<Known> known = Optional.empty();

    /** Keys of that source; fetches nothing before the first question. */
    Jwks(JwksSource source, LongSupplier nanos, Alarm alarm) {
        this.source = source;
        this.nanos = nanos;
        this.alarm = alarm;
        request = HttpRequest.newBuilder(source.url())
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
    }

    /**
     * The keys that may have signed a token. Fails with an {@link IOException} if none is known and the issuer did not
     * answer when he was asked last.
     */
    CompletionStage<List<TrustedKey>> candidates(Compact token) {
        if (!source.algorithms().contains(token.algorithm())) {
            return CompletableFuture.completedFuture(List.of());
        }
        Optional<Known> before = known;
        List<TrustedKey> keys =
                before.map(some -> some.document().candidates(token)).orElse(List.of());
        if (keys.isEmpty()) {
            return attempt().thenApply(document -> document.candidates(token));
        }
        boolean old = nanos.getAsLong() - before.get().since()
                >= source.refreshAfter().toNanos();
        return old ? refreshed(keys) : CompletableFuture.completedFuture(keys);
    }

    /** The old keys go on being used while new ones are fetched. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private CompletionStage<List<TrustedKey>> refreshed(List<TrustedKey> old) {
        attempt();
        return CompletableFuture.completedFuture(old);
    }

    /** The attempt that is under way; a new one, if the latest is long enough ago; else the latest. */
    private CompletableFuture<JwksDocument> attempt() {
        CompletableFuture<JwksDocument> mine = new CompletableFuture<>();
        synchronized (lock) {
            long now = nanos.getAsLong();
            long gap = known.isPresent() ? GAP : GAP_WITHOUT_KEYS;
            boolean recent = latestAt.filter(at -> now - at < gap).isPresent();
            if (recent || (latestAt.isPresent() && !latest.isDone())) {
                return latest;
            }
            latest = mine;
            latestAt = Optional.of(now);
        }
        fetch(mine);
        return mine;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void fetch(CompletableFuture<JwksDocument> attempt) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, response -> new BoundedBody(MAX_BODY));
        exchange.thenApply(this::read).whenComplete((document, fault) -> {
            if (fault == null) {
                known = Optional.of(new Known(document, nanos.getAsLong()));
                attempt.complete(document);
            } else {
                LOG.log(
                        Level.WARNING,
                        "the keys of {0} cannot be fetched: {1}",
                        source.url().getHost(),
                        reason(fault));
                attempt.completeExceptionally(new IOException("the keys cannot be fetched", fault));
            }
        });
        // the request's own time-out ends with the headers
        alarm.after(TIMEOUT, () -> exchange.cancel(true));
    }

    private JwksDocument read(HttpResponse<byte[]> response) {
        if (response.statusCode() != OK) {
            throw new IllegalArgumentException("status " + response.statusCode());
        }
        return JwksDocument.parse(Members.text(response.body()), source.algorithms());
    }

    /** What we have written ourselves, or the kind of fault: other messages may quote what the issuer sent. */
    private static String reason(Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        return cause instanceof IllegalArgumentException || cause instanceof JsonFault
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName();
    }
}
