package io.switchboard.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What application code may publish, and what becomes of it. */
class PayloadsTest {
    private final Payloads payloads = new Payloads();

    /** A payload of an application. */
    public record Order(long id, List<String> items) {}

    @Test
    void objectsAreWrittenByJsonB() {
        assertThat(payloads.of(new Order(7, List.of("a\nb")))).isEqualTo("{\"id\":7,\"items\":[\"a\\nb\"]}");
        assertThat(payloads.of("say \"hi\"")).isEqualTo("\"say \\\"hi\\\"\"");
        assertThat(payloads.of(12)).isEqualTo("12");
        assertThat(payloads.of(true)).isEqualTo("true");
        assertThat(payloads.of(Map.of("a", 1))).isEqualTo("{\"a\":1}");
    }

    @Test
    void theBoundsOfClientsAreNotThoseOfTheApplication() {
        Map<String, Integer> large = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            large.put("key" + i, i);
        }

        assertThat(payloads.of(large)).contains("\"key999\":999");
        assertThat(payloads.checked("[".repeat(100) + "]".repeat(100))).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "1 2", "{}{}", "nope", "{\"a\":1,}"})
    void whatIsNotOneJsonValueIsRefused(String text) {
        assertThatThrownBy(() -> payloads.checked(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
