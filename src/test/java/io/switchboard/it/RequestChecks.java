package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no honest client sends to the HTTP doors, and what browsers ask before they send one. */
interface RequestChecks {
    String JSON = "Content-Type: application/json";

    Site site();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"session\":\"none\",\"node\":\"none\",\"data\":\"{}\"} | 404",
                "{\"session\":\"none\",\"data\":\"{}\"} | 404",
                "{\"session\":\"none\",\"node\":\"none\"} | 400",
                "{\"data\":\"{}\"} | 400",
                "{\"session\":7,\"node\":\"none\",\"data\":\"{}\"} | 400",
                "[] | 400",
                "{ | 400",
                "'' | 400"
            })
    default void emulationOfNobodyIsRefused(String body, int status) throws IOException {
        assertThat(post("/emulation", body, JSON).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/emulation", "/connection/http_stream", "/connection/sse", "/connection/longpoll"})
    default void bodiesAreBounded(String path) throws IOException {
        assertThat(post(path, "x".repeat(65_537), JSON).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/emulation", "/connection/http_stream", "/connection/sse", "/connection/longpoll"})
    default void bodiesAreJson(String path) throws IOException {
        // what a form of any page can send is not
        assertThat(post(path, "{}", "Content-Type: text/plain").status()).isEqualTo(415);
        assertThat(post(path, "{}", "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(415);
        assertThat(post(path, "{}").status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/emulation", "/connection/http_stream", "/connection/sse", "/connection/longpoll"})
    default void pagesFromElsewhereAreRefused(String path) throws IOException {
        assertThat(post(path, "{}", JSON, "Origin: https://evil.example").status())
                .isEqualTo(403);
        RawHttp preflight = ask("OPTIONS", path, "", "Origin: https://evil.example");
        assertThat(preflight.status()).isEqualTo(403);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/emulation", "/connection/http_stream", "/connection/longpoll"})
    default void onlyPostIsUnderstood(String path) throws IOException {
        assertThat(ask("GET", path, "").status()).isEqualTo(405);
        assertThat(ask("PUT", path, "").status()).isEqualTo(405);
    }

    /** As browsers and proxies send it; others send the body behind its headers. */
    @ParameterizedTest
    @ValueSource(strings = {"/connection/http_stream", "/connection/sse", "/connection/longpoll"})
    default void bodyMayComeTogetherWithItsHeaders(String path) throws IOException {
        RawHttp answer = post(path, "{\"id\":1,\"connect\":{}}", JSON);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("{\"id\":1,\"connect\":{");
    }

    @Test
    default void sseByGetNeedsWhatIsSaidFirst() throws IOException {
        assertThat(ask("GET", "/connection/sse", "").status()).isEqualTo(400);
    }

    @Test
    default void sseBeginsAtOnceWithPadding() throws IOException {
        RawHttp stream = ask("GET", "/connection/sse?cf_connect=%7B%22id%22%3A1%2C%22connect%22%3A%7B%7D%7D", "");

        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("Content-Type").toLowerCase(Locale.ROOT))
                .startsWith("text/event-stream;charset=utf-8");
        assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
        assertThat(stream.body()).contains("\r\n:" + " ".repeat(2_048) + "\n\n", "data: {\"id\":1,\"connect\":{");
    }

    @Test
    default void loginHasAWordThatChangesWithIt() throws IOException {
        Account ann = Account.login(site(), "ann", "reader");
        Account elsewhere = Account.login(site(), "ann", "reader");
        String word = login(ann).body();

        assertThat(word).hasSize(43).isEqualTo(login(ann).body());
        assertThat(login(elsewhere).body()).hasSize(43).isNotEqualTo(word);
        ann.ask("in&user=eve&roles=reader");
        assertThat(login(ann).body()).hasSize(43).isNotEqualTo(word);
        ann.ask("out");
        assertThat(login(ann).body())
                .as("nobody")
                .hasSize(43)
                .isEqualTo(ask("GET", "/connection/login", "").body());
    }

    @Test
    default void whoIsNotBelievedHasNoWord() throws IOException {
        String cookie = "Cookie: " + Account.login(site(), "ann", "reader").cookie();

        assertThat(ask("GET", "/connection/login", "", cookie).status()).isEqualTo(403);
        assertThat(ask("GET", "/connection/login", "", cookie, "Origin: https://evil.example")
                        .status())
                .isEqualTo(403);
    }

    private RawHttp login(Account account) throws IOException {
        return ask("GET", "/connection/login", "", "Cookie: " + account.cookie(), "Sec-Fetch-Site: same-origin");
    }

    private RawHttp post(String path, String body, String... headers) throws IOException {
        return ask("POST", path, body, headers);
    }

    private RawHttp ask(String method, String path, String body, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                method + " " + site().contextPath() + path + " HTTP/1.1",
                "Host: 127.0.0.1:" + site().port(),
                "Connection: close"));
        lines.addAll(List.of(headers));
        if (method.equals("POST")) {
            lines.add("Content-Length: " + body.length());
        }
        return RawHttp.ask(site(), lines, body);
    }
}
