package io.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.channel.OnLag;
import io.switchboard.channel.Recovery;
import io.switchboard.channel.Rule;
import io.switchboard.hub.TailLimits;
import io.switchboard.session.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings: where they come from, what they mean, and what is no value. */
class SettingsTest {
    @Test
    void nothingSetGivesTheDefaultsOfTheCode() {
        Settings settings = settings();

        assertThat(settings.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(settings.tail()).isEqualTo(TailLimits.DEFAULT);
        assertThat(settings.demos()).isTrue();
        assertThat(new NamespaceSettings(settings).read().names()).containsExactly("chat");
    }

    @Test
    void theDemoNamespaceIsOpenAndRemembers() {
        Namespace chat = namespace(settings(), "chat:lobby");

        Rule anyone = Rule.parse("anyone");
        assertThat(chat)
                .isEqualTo(new Namespace(
                        "chat",
                        100,
                        Duration.ofMinutes(10),
                        true,
                        true,
                        Recovery.STREAM,
                        anyone,
                        anyone,
                        anyone,
                        anyone,
                        OnLag.RESUBSCRIBE));
    }

    @Test
    void oneSettingTurnsTheDemosOff() {
        assertThat(new NamespaceSettings(settings("demos", "false")).read().names())
                .isEmpty();
    }

    @Test
    void aNamespaceIsClosedUnlessItIsOpened() {
        Namespace plain = namespace(settings("namespaces.orders.presence", "true"), "orders:1");

        assertThat(plain.subscribe()).isEqualTo(Rule.NOBODY);
        assertThat(plain.publish()).isEqualTo(Rule.NOBODY);
        assertThat(plain.history()).isEqualTo(Rule.NOBODY);
        assertThat(plain.members()).isEqualTo(Rule.NOBODY);
        assertThat(plain.recovery()).isEqualTo(Recovery.OFF);
        assertThat(plain.keepsHistory()).isFalse();
    }

    @Test
    void historyBringsRecovery() {
        Namespace orders = namespace(
                settings("namespaces.orders.history-size", "50", "namespaces.orders.subscribe", "role:clerk"),
                "orders:1");

        assertThat(orders.recovery()).isEqualTo(Recovery.STREAM);
        assertThat(orders.historyTtl()).isEqualTo(Duration.ofMinutes(10));
        assertThat(orders.subscribe()).isEqualTo(new Rule(Rule.Kind.ROLE, "clerk"));
    }

    @Test
    void environmentVariablesNameTheSameKeys() {
        Settings settings = new Settings(List.of(SettingsSource.ofEnvironment(Map.of(
                "SWITCHBOARD_PING_INTERVAL", "30s",
                "SWITCHBOARD_NAMESPACES_MARKET_DATA_HISTORY_SIZE", "7",
                "PATH", "/bin"))));

        assertThat(settings.limits().pingInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(namespace(settings, "market-data:x").historySize()).isEqualTo(7);
    }

    @Test
    void aVariableForANamespaceSpelledElsewhereMakesNoSecondOne() {
        Properties file = new Properties();
        file.setProperty("switchboard.namespaces.my_ns.presence", "true");
        Settings settings = new Settings(List.of(
                SettingsSource.ofEnvironment(Map.of("SWITCHBOARD_NAMESPACES_MY_NS_PUBLISH", "anyone")),
                SettingsSource.of(file)));

        assertThat(new NamespaceSettings(settings).read().names()).containsExactlyInAnyOrder("chat", "my_ns");
        assertThat(namespace(settings, "my_ns:a").publish()).isEqualTo(Rule.parse("anyone"));
    }

    @Test
    void theDemoMayDoWithoutHistory() {
        assertThat(namespace(settings("namespaces.chat.history-size", "0"), "chat:a")
                        .recovery())
                .isEqualTo(Recovery.OFF);
    }

    @Test
    void theFirstSourceThatHasAKeyDecides() {
        Properties file = new Properties();
        file.setProperty("switchboard.tail-count", "5");
        file.setProperty("switchboard.stall-limit", "7s");
        Properties system = new Properties();
        system.setProperty("switchboard.tail-count", "9");
        Settings settings = new Settings(List.of(SettingsSource.of(system), SettingsSource.of(file)));

        assertThat(settings.tail().count()).isEqualTo(9);
        assertThat(settings.limits().stallLimit()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void keysThatMeanNothingAreFound() {
        Settings settings =
                settings("tail-cuont", "5", "namespaces.a.histroy-size", "1", "namespaces.a.presence", "true");

        assertThat(settings.unknown())
                .containsExactly("switchboard.namespaces.a.histroy-size", "switchboard.tail-cuont");
    }

    @ParameterizedTest
    @CsvSource({
        "ping-interval, soon",
        "ping-interval, 25",
        "ping-interval, 5s",
        "window, 1GiB",
        "window, 1KiB",
        "tail-count, 0",
        "fan-out-threads, 0",
        "demos, maybe",
        "namespaces.a.subscribe, everyone",
        "namespaces.a.subscribe, role:",
        "namespaces.a.recovery, always",
        "namespaces.a.recovery, stream",
        "namespaces.a.on-lag, drop",
        "namespaces.a.history-size, -1",
        "namespaces.a.history-size, 1000000",
        "namespaces.a b.presence, true"
    })
    void whatIsNoValueStopsTheStartAndNamesTheKey(String key, String value) {
        assertThatThrownBy(() -> {
                    Settings settings = settings(key, value);
                    settings.limits();
                    settings.tail();
                    settings.fanOutThreads();
                    new NamespaceSettings(settings).read();
                })
                .isInstanceOf(SettingsFault.class)
                .hasMessageStartingWith("switchboard.");
    }

    private static Namespace namespace(Settings settings, String channel) {
        return new NamespaceSettings(settings)
                .read()
                .of(new ChannelName(channel))
                .orElseThrow();
    }

    private static Settings settings(String... keysAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty(Key.PREFIX + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Settings(List.of(SettingsSource.of(properties)));
    }
}
