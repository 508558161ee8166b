package io.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.origin.Origins;
import io.switchboard.origin.Proxies;
import io.switchboard.quota.QuotaLimits;
import io.switchboard.quota.QuotaLimits.Flow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that decide about callers. */
class AccessSettingsTest {
    private static final String OURS = "https://example.org";

    @Test
    void nothingSetLetsInOurOwnPagesAndWhatIsNoPage() {
        AccessSettings settings = settings();
        Origins origins = settings.origins();

        assertThat(origins.judge(Optional.of(OURS), OURS)).isEqualTo(Origins.Verdict.SAME);
        assertThat(origins.judge(Optional.empty(), OURS)).isEqualTo(Origins.Verdict.MISSING);
        assertThat(origins.judge(Optional.of("null"), OURS)).isEqualTo(Origins.Verdict.FOREIGN);
        assertThat(origins.judge(Optional.of("https://example.com"), OURS)).isEqualTo(Origins.Verdict.FOREIGN);
        assertThat(settings.proxies().trusts("127.0.0.1")).isFalse();
        assertThat(settings.anonymous()).isTrue();
        assertThat(settings.keepsLoginAlive()).isFalse();
        assertThat(settings.ticketLifetime()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.revocationMemory()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void nothingSetBoundsEverybody() {
        assertThat(settings().quotas())
                .isEqualTo(new QuotaLimits(
                        50_000,
                        10_000,
                        100,
                        1_000,
                        1_000,
                        200,
                        new Flow(100, 256 << 10),
                        new Flow(500, 1 << 20),
                        new Flow(2_000, 8 << 20),
                        600));
    }

    @Test
    void everyBoundIsReadFromItsOwnKey() {
        assertThat(settings(
                                "connections", "1",
                                "connections-unconnected", "2",
                                "connections-per-user", "3",
                                "connections-per-address", "4",
                                "handshakes", "5",
                                "handshakes-per-address", "6",
                                "commands-per-session", "7",
                                "bytes-per-session", "8",
                                "commands-per-user", "9",
                                "bytes-per-user", "10 KiB",
                                "commands-per-address", "11",
                                "bytes-per-address", "12MiB",
                                "new-channels", "0")
                        .quotas())
                .isEqualTo(new QuotaLimits(
                        1, 2, 3, 4, 5, 6, new Flow(7, 8), new Flow(9, 10 << 10), new Flow(11, 12 << 20), 0));
    }

    @Test
    void listsHaveCommasAndMaybeBlanks() {
        Origins origins =
                settings("origins", " https://a.example ,,http://b.example:81,").origins();
        Proxies proxies = settings("proxies", "10.0.0.0/8, ::1 ,").proxies();

        assertThat(List.of("https://a.example", "http://b.example:81"))
                .allMatch(page -> origins.judge(Optional.of(page), OURS) == Origins.Verdict.LISTED);
        assertThat(origins.judge(Optional.of("http://b.example"), OURS)).isEqualTo(Origins.Verdict.FOREIGN);
        assertThat(List.of("10.1.2.3", "::1")).allMatch(proxies::trusts);
        assertThat(proxies.trusts("11.0.0.1")).isFalse();
    }

    @Test
    void theRestCanBeSetToo() {
        Origins origins =
                settings("origin-null", "true", "origin-missing", "false").origins();
        AccessSettings settings = settings(
                "anonymous", "false",
                "keep-login-alive", "true",
                "ticket-lifetime", "5s",
                "revocation-memory", "7d",
                "proxies", "10.0.0.1",
                "proxy-header", "forwarded");

        assertThat(origins.judge(Optional.of("null"), OURS)).isEqualTo(Origins.Verdict.LISTED);
        assertThat(origins.judge(Optional.empty(), OURS)).isEqualTo(Origins.Verdict.FOREIGN);
        assertThat(settings.anonymous()).isFalse();
        assertThat(settings.keepsLoginAlive()).isTrue();
        assertThat(settings.ticketLifetime()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.revocationMemory()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.proxies()
                        .client("10.0.0.1", name -> name.equals("Forwarded") ? List.of("for=192.0.2.1") : List.of()))
                .isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "origins|*",
                "origins|https://a.example, https://b.example/",
                "origins|null",
                "origin-null|maybe",
                "origin-missing|1",
                "proxies|localhost",
                "proxies|10.0.0.0/33",
                "proxy-header|X-Real-IP",
                "anonymous|sometimes",
                "keep-login-alive|''",
                "ticket-lifetime|30",
                "revocation-memory|-1s",
                "connections|-1",
                "connections-unconnected|many",
                "connections-per-user|1.5",
                "connections-per-address|10k",
                "handshakes|99999999999",
                "handshakes-per-address|0x10",
                "commands-per-session|''",
                "commands-per-user|1 2",
                "commands-per-address|+1",
                "bytes-per-session|1GiB",
                "bytes-per-user|4096MiB",
                "bytes-per-address|-1",
                "new-channels|600/m"
            })
    void whatIsNoValueIsRefusedWithTheNameOfItsKey(String key, String value) {
        AccessSettings settings = settings(key, value);

        assertThatThrownBy(() -> {
                    settings.origins();
                    settings.proxies();
                    settings.anonymous();
                    settings.keepsLoginAlive();
                    settings.ticketLifetime();
                    settings.revocationMemory();
                    settings.quotas();
                })
                .isInstanceOf(SettingsFault.class)
                .hasMessageStartingWith("switchboard." + key + ": must be ");
    }

    private static AccessSettings settings(String... keysAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty("switchboard." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new AccessSettings(new Settings(List.of(SettingsSource.of(properties))));
    }
}
