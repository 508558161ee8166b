package io.switchboard.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.switchboard.origin.Origins.Verdict;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose pages may use us: the same scheme, host and port, and nothing that only looks like them. */
class OriginsTest {
    private static final String OURS = "https://example.org";

    private final Origins origins =
            new Origins(Set.of("https://app.example.com", "http://localhost:3000", "http://[::1]:81"), false, true);

    @ParameterizedTest
    @CsvSource({
        "https://example.org, https://example.org",
        "https://example.org:443, https://example.org",
        "https://example.org, https://example.org:443",
        "HTTPS://Example.ORG, https://example.org",
        "https://example.org, https://EXAMPLE.org",
        "http://example.org, http://example.org:80",
        "http://example.org:8080, http://example.org:8080",
        "http://[::1]:8080, http://[::1]:8080",
        "http://192.0.2.1:8080, http://192.0.2.1:8080",
        "https://xn--mnchen-3ya.example, https://XN--MNCHEN-3YA.example"
    })
    void pagesOfOurOwnSiteAlwaysMay(String origin, String ours) {
        assertThat(origins.judge(Optional.of(origin), ours)).isEqualTo(Verdict.SAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org",
                "https://example.org:80",
                "https://example.org:8443",
                "https://example.org:44",
                "https://example.org:4433",
                "https://example.org:",
                "https://example.org:443:443",
                "https://example.org:x",
                "https://example.org:99999999999",
                "wss://example.org",
                "ftp://example.org",
                "https://evil-example.org",
                "https://www.example.org",
                "https://xexample.org",
                "https://example.or",
                "https://example.orgs",
                "https://example.org.evil.net",
                "https://example.org.",
                "https://example.org@evil.net",
                "https://user@example.org",
                "https://user:word@example.org",
                "https://@example.org",
                "https://example.org/",
                "https://example.org/path",
                "https://example.org?",
                "https://example.org#",
                "https://example.org\\",
                "https://evil.net/https://example.org",
                "https://evil.net#https://example.org",
                " https://example.org",
                "https://example.org ",
                "https://example.org https://example.org",
                "https://example.org,https://example.org",
                "https://ex\u0000ample.org",
                "https://ex%61mple.org",
                "https://ex\u0430mple.org",
                "https:example.org",
                "https:/example.org",
                "https://",
                "//example.org",
                "example.org",
                "",
                "*",
                "NULL",
                "nullx",
                "data:text/html,x",
                "file:///",
                "%",
                "[",
                "http://[::1",
                "http://[::2]:81",
                "http://[::1]:82"
            })
    void whateverIsNotExactlyOursIsForeign(String origin) {
        assertThat(origins.judge(Optional.of(origin), OURS)).isEqualTo(Verdict.FOREIGN);
    }

    @Test
    void aVeryLongOneIsForeign() {
        assertThat(origins.judge(Optional.of("https://example.org" + "a".repeat(100_000)), OURS))
                .isEqualTo(Verdict.FOREIGN);
        assertThat(origins.judge(Optional.of("a".repeat(100_000) + OURS), OURS)).isEqualTo(Verdict.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "https://app.example.com:443",
                "https://APP.EXAMPLE.COM",
                "http://localhost:3000",
                "http://[::1]:81"
            })
    void pagesOfListedSitesMay(String origin) {
        assertThat(origins.judge(Optional.of(origin), OURS)).isEqualTo(Verdict.LISTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.com",
                "https://example.com",
                "https://sub.app.example.com",
                "https://app.example.com:8443",
                "http://localhost",
                "https://localhost:3000",
                "http://localhost:30000"
            })
    void aListedSiteSpeaksForNoOther(String origin) {
        assertThat(origins.judge(Optional.of(origin), OURS)).isEqualTo(Verdict.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://", "http://", "https://a b", "null", "https://example.org@evil.net"})
    void whereOurOwnNameIsNoneNothingIsTheSame(String ours) {
        assertThat(origins.judge(Optional.of(ours), ours)).isEqualTo(Verdict.FOREIGN);
        assertThat(origins.judge(Optional.of("https://app.example.com"), ours)).isEqualTo(Verdict.LISTED);
    }

    @ParameterizedTest
    @CsvSource({"true, LISTED", "false, FOREIGN"})
    void sandboxedFramesAndLocalFilesComeIfTheyMay(boolean allowed, Verdict verdict) {
        assertThat(new Origins(Set.of(), allowed, true).judge(Optional.of("null"), OURS))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"true, MISSING", "false, FOREIGN"})
    void whoIsNoPageComesIfHeMay(boolean allowed, Verdict verdict) {
        assertThat(new Origins(Set.of(), true, allowed).judge(Optional.empty(), OURS))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "example.org",
                "*.example.org",
                "https://*.example.org",
                "https://example.org/",
                "https://example.org/app",
                "https://user@example.org",
                "https://example.org?x",
                "https://example.org:",
                "https://",
                ""
            })
    void aListWithSomethingElseInItIsRefused(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Origins(Set.of(OURS, origin), true, true))
                .withMessageContaining("'" + origin + "'");
    }

    @Test
    void smallLettersAreMadeInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(Origins.normal("HTTPS://HI.EXAMPLE")).contains("https://hi.example");
        } finally {
            Locale.setDefault(before);
        }
    }
}
