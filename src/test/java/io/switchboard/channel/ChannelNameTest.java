package io.switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of channels, and what is none. */
class ChannelNameTest {
    @Test
    void theNamespaceEndsAtTheFirstColon() {
        assertThat(new ChannelName("chat:room:1").namespace()).isEqualTo("chat");
        assertThat(new ChannelName("$chat:room").namespace()).isEqualTo("chat");
        assertThat(new ChannelName("chat").namespace()).isEmpty();
        assertThat(new ChannelName(":x").namespace()).isEmpty();
    }

    @Test
    void aListOfUsersIsComparedByWholeIds() {
        ChannelName dialog = new ChannelName("dialog#42,43");

        assertThat(dialog.isListed()).isTrue();
        assertThat(dialog.lists("42")).isTrue();
        assertThat(dialog.lists("43")).isTrue();
        assertThat(dialog.lists("4")).isFalse();
        assertThat(dialog.lists("42,43")).isFalse();
        assertThat(dialog.lists("")).isFalse();
        assertThat(new ChannelName("dialog#").lists("")).isFalse();
        assertThat(new ChannelName("dialog").lists("dialog")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "a\u0000", "a\u007f", "回", "a*", "\ud83d\ude00"})
    void whatIsNoName(String text) {
        assertThat(ChannelName.parse(text)).isEmpty();
    }

    @Test
    void aNameHasAtMost255Characters() {
        assertThat(ChannelName.parse("a".repeat(255))).isPresent();
        assertThat(ChannelName.parse("a".repeat(256))).isEmpty();
    }
}
