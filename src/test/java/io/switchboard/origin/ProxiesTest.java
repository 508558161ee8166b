package io.switchboard.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client wrote into a header does not change what our proxies added to it. */
class ProxiesTest {
    private static final List<AddressRange> OURS = List.of(AddressRange.parse("10.0.0.0/8"));

    private final Proxies usual = new Proxies(OURS, Proxies.Header.X_FORWARDED_FOR);
    private final Proxies standard = new Proxies(OURS, Proxies.Header.FORWARDED);

    @Test
    void theHeaderThatOurProxiesDoNotWriteSaysNothing() {
        assertThat(usual.client("10.0.0.1", name -> name.equals("Forwarded") ? List.of("for=6.6.6.6") : List.of()))
                .isEqualTo("10.0.0.1");
        assertThat(standard.client("10.0.0.1", name -> name.equals("Forwarded") ? List.of() : List.of("6.6.6.6")))
                .isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"for=6.6.6.6", "for=6.6.6.6;x=\"", "for=6.6.6.6;x=\"\\", "\"", "\\", ";", "for=", "for=\"[::1"})
    void whatAClientLeavesOpenEndsWhereAProxyGoesOn(String left) {
        assertThat(forwarded(left + ", for=203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(forwarded(left + ", for=\"[2001:db8::1]:80\";by=\"a,b;c\\\"\\\\\", for=10.0.0.2"))
                .isEqualTo("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void aClientThatWritesTooMuchDoesNotHideWhatAProxyWrites() {
        String left = "6.6.6.6, ".repeat(1_000);

        assertThat(usual.client("10.0.0.1", name -> List.of("6.6.6.6", left + "203.0.113.9, 10.0.0.2")))
                .isEqualTo("203.0.113.9");
        assertThat(forwarded("for=" + left + "for=203.0.113.9")).isEqualTo("203.0.113.9");
    }

    @Test
    void anElementWhoseQuotesDoNotMatchSaysNothing() {
        assertThat(forwarded("by=\"a;for=203.0.113.9")).isEqualTo("10.0.0.1");
        assertThat(forwarded("by=\"a;for=\"203.0.113.9\"")).isEqualTo("10.0.0.1");
        assertThat(forwarded("by=\"a;for=\"203.0.113.9\", for=10.0.0.2")).isEqualTo("10.0.0.2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9|203.0.113.9",
                "6.6.6.6, 203.0.113.9|203.0.113.9",
                "6.6.6.6, 203.0.113.9, 10.0.0.2, 10.9.9.9|203.0.113.9",
                "203.0.113.9:4711|203.0.113.9",
                "2001:db8::1|2001:db8:0:0:0:0:0:1",
                "[2001:DB8::1]|2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]:443|2001:db8:0:0:0:0:0:1",
                "\"[2001:db8::1]:443\"|2001:db8:0:0:0:0:0:1",
                "fe80::1%eth0|fe80:0:0:0:0:0:0:1",
                "::ffff:203.0.113.9|203.0.113.9",
                "[::ffff:203.0.113.9]:80|203.0.113.9",
                "203.0.113.9, ::ffff:10.0.0.2|203.0.113.9",
                "203.0.113.9, [::ffff:10.0.0.2]|203.0.113.9",
                "10.0.0.3, 10.0.0.2|10.0.0.3",
                "203.0.113.9, unknown, 10.0.0.2|10.0.0.2",
                "203.0.113.9, |10.0.0.1",
                "6.6.6.6, ,10.0.0.2|10.0.0.2"
            })
    void theClientIsTheLastAddressThatIsNoProxyOfOurs(String header, String client) {
        assertThat(usual(header)).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a",
                "cafe",
                "dead.beef",
                "a.b:1",
                ":abc",
                ".:",
                ":",
                "::g",
                ":::",
                "1:2",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "0x7f.0.0.1",
                "2130706433",
                "1.2.3.4:",
                "1.2.3.4:x",
                "1.2.3.4:123456",
                "[1.2.3.4]",
                "[::1",
                "::1]",
                "[::1]x",
                "[::1]:",
                "[localhost]",
                "[]",
                "\"1.2.3.4",
                "\"\"1.2.3.4\"\"",
                "1.2.3.4 5",
                "1.2.3.\u0664",
                "unknown",
                "_hidden",
                "for=1.2.3.4",
                "'; drop table clients; --",
                "<script>",
                "%",
                "\u0000"
            })
    void whatIsNoAddressStandsForNobody(String garbage) {
        assertThat(usual("203.0.113.9, " + garbage)).isEqualTo("10.0.0.1");
        assertThat(usual("203.0.113.9, " + garbage + ", 10.0.0.2")).isEqualTo("10.0.0.2");
        assertThat(usual(garbage + ", 203.0.113.9")).isEqualTo("203.0.113.9");
    }

    @Test
    void whoIsNoProxyOfOursNamesNobody() {
        for (String peer : List.of("192.0.2.7", "11.0.0.1", "::1", "localhost", "", "10.0.0.1.evil")) {
            assertThat(usual.client(peer, name -> List.of("203.0.113.9"))).isEqualTo(peer);
            assertThat(usual.trusts(peer)).isFalse();
        }
        assertThat(new Proxies(List.of(), Proxies.Header.X_FORWARDED_FOR)
                        .client("10.0.0.1", name -> List.of("203.0.113.9")))
                .isEqualTo("10.0.0.1");
        assertThat(usual.client("::ffff:10.0.0.1", name -> List.of("203.0.113.9")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void severalHeadersOfOneNameAreOneList() {
        assertThat(usual.client("10.0.0.1", name -> List.of("6.6.6.6", "203.0.113.9", "10.0.0.3, 10.0.0.2")))
                .isEqualTo("203.0.113.9");
        assertThat(usual.client("10.0.0.1", name -> List.of())).isEqualTo("10.0.0.1");
    }

    @Test
    void sixteenHopsAreLookedAtAndNoMore() {
        assertThat(usual("203.0.113.9" + ", 10.0.0.2".repeat(15))).isEqualTo("203.0.113.9");
        assertThat(usual("203.0.113.9, 10.0.0.3" + ", 10.0.0.2".repeat(15))).isEqualTo("10.0.0.3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.9|203.0.113.9",
                "FOR=203.0.113.9;PROTO=https|203.0.113.9",
                "proto=https; for=203.0.113.9 ;by=10.0.0.1|203.0.113.9",
                "for=\"203.0.113.9:80\"|203.0.113.9",
                "for=\"[2001:db8::1]\"|2001:db8:0:0:0:0:0:1",
                "for=203.0.113.9;x=\",for=6.6.6.6\"|203.0.113.9",
                "for=203.0.113.9;x=\"\\\",for=6.6.6.6\"|203.0.113.9",
                "for=6.6.6.6, for=203.0.113.9, for=10.0.0.2|203.0.113.9",
                "for=203.0.113.9, for=_hidden, for=10.0.0.2|10.0.0.2",
                "for=203.0.113.9, for=unknown|10.0.0.1",
                "for=203.0.113.9, by=10.0.0.2|10.0.0.1",
                "xfor=203.0.113.9|10.0.0.1",
                "203.0.113.9|10.0.0.1"
            })
    void theStandardHeaderIsReadElementByElement(String header, String client) {
        assertThat(standard.client("10.0.0.1", name -> List.of(header))).isEqualTo(client);
    }

    private String usual(String header) {
        return usual.client("10.0.0.1", name -> List.of(header));
    }

    private String forwarded(String header) {
        return standard.client("10.0.0.1", name -> List.of("for=6.6.6.6", header));
    }
}
