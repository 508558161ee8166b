package io.switchboard.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Close codes and reasons that clients understand as they are meant. */
class DisconnectTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "true", "null", "1", "{\"reconnect\":false}", "[1]", "\"x\"", " x", "a\nb"})
    void aReasonThatClientsReadAsAnOrderIsRefused(String reason) {
        assertThatThrownBy(() -> new Disconnect(3500, reason)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReasonHasAtMost123Bytes() {
        assertThat(new Disconnect(3500, "x".repeat(123)).reason()).hasSize(123);
        assertThatThrownBy(() -> new Disconnect(3500, "x".repeat(124))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Disconnect(3500, "回".repeat(42))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 5000})
    void aCodeThatNoCloseFrameCarriesIsRefused(int code) {
        assertThatThrownBy(() -> new Disconnect(code, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyKnownDisconnectHasACodeOfItsOwn() throws IllegalAccessException {
        var codes = new java.util.HashSet<Integer>();
        for (Field field : Disconnect.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                assertThat(codes.add(((Disconnect) field.get(Disconnect.class)).code()))
                        .isTrue();
            }
        }
        assertThat(codes).hasSizeGreaterThan(10);
    }
}
