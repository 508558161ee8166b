package io.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.channel.Namespaces;
import io.switchboard.channel.OnLag;
import io.switchboard.channel.Recovery;
import io.switchboard.channel.Rule;
import io.switchboard.message.Problem;
import io.switchboard.message.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the rules of namespaces grant, and that nothing else is granted. */
class PermissionsTest {
    private static final Identity ANN = Identity.of("ann", Set.of("trader"));

    private final Permissions permissions = new Permissions(new Namespaces(List.of(
            namespace("open", "anyone"),
            namespace("shut", "nobody"),
            namespace("known", "signed-in"),
            namespace("listed", "listed"),
            namespace("desk", "role:trader"))));

    @Test
    void rulesGrantWhatTheySay() {
        assertThat(granted(Identity.ANONYMOUS)).containsExactly("open:a");
        assertThat(granted(ANN)).containsExactly("open:a", "known:a", "desk:a");
    }

    @Test
    void aListInTheNameBindsWhateverTheRule() {
        assertThat(allows(ANN, "open:a#ann,bob")).isTrue();
        assertThat(allows(ANN, "listed:a#ann")).isTrue();
        assertThat(allows(ANN, "listed:a")).isFalse();
        assertThat(allows(ANN, "open:a#bob")).isFalse();
        assertThat(allows(Identity.ANONYMOUS, "open:a#ann")).isFalse();
        assertThat(allows(Identity.ANONYMOUS, "open:a#")).isFalse();
    }

    @Test
    void privateChannelsNeedATokenThatNobodyHas() {
        assertThat(allows(ANN, "$open:a")).isFalse();
    }

    @Test
    void whatDoesNotExistIsUnknownAndWhatIsForbiddenIsDenied() {
        assertRefused("nowhere:a", Problem.UNKNOWN_CHANNEL);
        assertRefused("a", Problem.UNKNOWN_CHANNEL);
        assertRefused("shut:a", Problem.PERMISSION_DENIED);
    }

    private List<String> granted(Identity caller) {
        return List.of("open:a", "shut:a", "known:a", "listed:a", "desk:a").stream()
                .filter(channel -> allows(caller, channel))
                .toList();
    }

    private boolean allows(Identity caller, String channel) {
        for (Verb verb : Verb.values()) {
            assertThat(permissions.allows(caller, verb, new ChannelName(channel)))
                    .isEqualTo(permissions.allows(caller, Verb.SUBSCRIBE, new ChannelName(channel)));
        }
        return permissions.allows(caller, Verb.SUBSCRIBE, new ChannelName(channel));
    }

    private void assertRefused(String channel, Problem problem) {
        assertThatThrownBy(() -> permissions.demand(ANN, Verb.PUBLISH, new ChannelName(channel)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
    }

    private static Namespace namespace(String name, String rule) {
        Rule all = Rule.parse(rule);
        return new Namespace(name, 0, Duration.ZERO, false, false, Recovery.OFF, all, all, all, all, OnLag.RESUBSCRIBE);
    }
}
