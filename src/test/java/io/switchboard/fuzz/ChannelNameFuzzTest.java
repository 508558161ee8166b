package io.switchboard.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchboard.channel.ChannelName;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of channels, by another telling of the same rules. The input is a name and, in a line of its own, a user. */
class ChannelNameFuzzTest {
    private static final Pattern NAME = Pattern.compile("[!-)+-~]{1,255}");
    private static final int BYTES_PER_CHARACTER = 64;

    @FuzzTest
    void aNameIsWhatTheRulesSay(byte[] bytes) {
        String input = Fuzzing.text(bytes);
        int end = input.lastIndexOf('\n');
        String text = end < 0 ? input : input.substring(0, end);
        String user = input.substring(end + 1);

        Optional<ChannelName> name = Fuzzing.bounded(text.length(), BYTES_PER_CHARACTER, () -> ChannelName.parse(text));

        assertThat(name.isPresent()).as(text).isEqualTo(NAME.matcher(text).matches());
        if (name.isEmpty()) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ChannelName(text));
            return;
        }
        assertThat(name.get().value()).isEqualTo(text);
        assertThat(ChannelName.parse(name.get().toString())).isEqualTo(name);
        assertThat(new ChannelName(text)).isEqualTo(name.get());
        partsAreThoseOf(text, name.get());
        usersAreThoseOf(text, name.get(), user);
    }

    private static void partsAreThoseOf(String text, ChannelName name) {
        String open = name.isPrivate() ? text.substring(1) : text;

        assertThat(name.isPrivate()).isEqualTo(text.startsWith("$"));
        assertThat(name.namespace())
                .isEqualTo(open.contains(":") ? open.split(":", 2)[0] : "")
                .doesNotContain(":");
    }

    private static void usersAreThoseOf(String text, ChannelName name, String user) {
        boolean listed = text.contains("#");
        String users = "," + text.substring(text.lastIndexOf('#') + 1) + ",";

        assertThat(name.isListed()).isEqualTo(listed);
        assertThat(name.lists(user))
                .isEqualTo(listed && !user.isEmpty() && !user.contains(",") && users.contains("," + user + ","));
        for (String each : users.split(",")) {
            assertThat(name.lists(each)).isEqualTo(listed && !each.isEmpty());
        }
        assertThat(name.lists("")).isFalse();
    }
}
