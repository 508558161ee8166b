package io.switchboard.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The application code of a test, {@link CountsServlet} and {@link SeriesServlet}, as called from outside. */
record Application(Site site) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Publishes a series; the answer comes when all of it is in the stream. */
    void publish(String channel, int first, int count, int size, int keys) {
        URI uri = site.http("/series?channel=" + channel + "&first=" + first + "&count=" + count + "&size=" + size
                + "&keys=" + keys);
        send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()), 204);
    }

    /** Sessions in the registry. */
    long sessions() {
        return counts().get("sessions");
    }

    /** A counter, 0 if nothing was counted under that name yet. */
    long count(String name) {
        return counts().getOrDefault(name, 0L);
    }

    private Map<String, Long> counts() {
        return send(HttpRequest.newBuilder(site.http("/counts")), 200)
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
    }

    private static String send(HttpRequest.Builder request, int status) {
        HttpRequest patient = request.timeout(Duration.ofSeconds(30)).build();
        try {
            HttpResponse<String> response = CLIENT.send(patient, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != status) {
                throw new IllegalStateException(patient.uri() + " answered " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(patient.uri() + " did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
