package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The far end of the {@link ProbeServlet}: tells the application in the container what to do. */
record Probe(Site site) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Does one thing, with pairs of a parameter's name and value, and returns the answer. */
    JsonObject ask(String what, Object... parameters) {
        HttpResponse<String> response = get(what, parameters);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return read(response.body());
    }

    /** Publishes a numbered series; the answer comes when all of it is in the stream. */
    void publish(String channel, int first, int count, int size, int keys) {
        ask("series", "channel", channel, "first", first, "count", count, "size", size, "keys", keys);
    }

    /** The code of the problem for which the application was refused. */
    int refused(String what, Object... parameters) {
        HttpResponse<String> response = get(what, parameters);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(409);
        return read(response.body()).getInt("problem");
    }

    /** The status of the answer. */
    int status(String what, Object... parameters) {
        return get(what, parameters).statusCode();
    }

    /** A counter, 0 if nothing was counted yet. */
    long counter(String name) {
        JsonObject counters = ask("counters");
        return counters.containsKey(name) ? counters.getJsonNumber(name).longValue() : 0;
    }

    /** How many sessions there are. */
    int sessions() {
        return ask("sessions").getInt("count");
    }

    private HttpResponse<String> get(String what, Object... parameters) {
        var query = new StringBuilder("/probe?do=" + what);
        for (int i = 0; i < parameters.length; i += 2) {
            query.append('&').append(parameters[i]).append('=');
            query.append(URLEncoder.encode(String.valueOf(parameters[i + 1]), StandardCharsets.UTF_8));
        }
        HttpRequest request = HttpRequest.newBuilder(site.http(query.toString()))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonObject read(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
