package io.switchboard.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartsTest {
    private final Parts parts = new Parts();

    @Test
    void partsMakeAText() {
        assertThat(parts.add("ab\ud83d", 5)).isTrue();
        assertThat(parts.add("\ude00", 5)).isTrue();

        assertThat(parts.text()).isEqualTo("ab\ud83d\ude00");
    }

    @Test
    void aTextThatWasTooLongOnceHasNoHole() {
        parts.add("abc", 5);

        assertThat(parts.add("def", 5)).isFalse();
        assertThat(parts.add("d", 5)).as("a later part that would fit").isFalse();
        assertThat(parts.text()).isEmpty();
    }
}
