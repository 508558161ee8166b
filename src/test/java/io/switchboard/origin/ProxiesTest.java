package io.switchboard.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private String forwarded(String header) {
        return standard.client("10.0.0.1", name -> List.of("for=6.6.6.6", header));
    }
}
