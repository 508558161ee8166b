package io.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MicroProfileSourceTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("SWITCHBOARD_NAMESPACES_CHAT_HISTORY_SIZE", "10");

    @Test
    void leavesToTheEnvironmentWhatIsOnlyAVariableWithDots() {
        assertThat(MicroProfileSource.isVariable("switchboard.namespaces.chat.history.size", ENVIRONMENT))
                .isTrue();
    }

    @Test
    void keepsAKeyThatAVariableOverrides() {
        assertThat(MicroProfileSource.isVariable("switchboard.namespaces.chat.history-size", ENVIRONMENT))
                .isFalse();
    }

    @Test
    void keepsAKeyThatIsNotInTheEnvironment() {
        assertThat(MicroProfileSource.isVariable("switchboard.namespaces.news.publish", ENVIRONMENT))
                .isFalse();
    }
}
