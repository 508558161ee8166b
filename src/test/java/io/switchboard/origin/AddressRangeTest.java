package io.switchboard.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of addresses, and what counts as one address. */
class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
        "192.168.4.0/22, 192.168.7.255, 192.168.8.0",
        "192.0.2.1/32, 192.0.2.1, 192.0.2.0",
        "192.0.2.1, 192.0.2.1, 192.0.2.3",
        "10.1.2.3/8, 10.9.9.9, 9.9.9.9",
        "0.0.0.0/0, 255.255.255.255, ::1",
        "::/0, 2001:db8::1, 192.0.2.1",
        "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
        "::1, 0:0:0:0:0:0:0:1, ::3",
        "' 127.0.0.1 ', 127.0.0.1, 127.0.0.0",
        "127.0.0.0/8, ::ffff:127.0.0.1, ::127.0.0.1"
    })
    void aRangeEndsAtItsLastBit(String range, String inside, String outside) {
        AddressRange parsed = AddressRange.parse(range);

        assertThat(parsed.contains(Address.parse(inside).orElseThrow())).isTrue();
        assertThat(parsed.contains(Address.parse(outside).orElseThrow())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.0/8.0",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/1000",
                "10/8",
                "::/129",
                "[::1]",
                "localhost",
                "example.org/8",
                "10.0.0.1:80",
                "*",
                "10.*"
            })
    void whatIsNoRangeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::ffff, 2001:db8:1:2:0:0:0:0/64",
        "2001:DB8:1:3::1, 2001:db8:1:3:0:0:0:0/64",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:0/64",
        "::1, 0:0:0:0:0:0:0:0/64",
        "localhost, localhost",
        "a.b:1, a.b:1",
        "'', ''"
    })
    void aHouseholdOfTheNewInternetCountsAsOneAddress(String address, String site) {
        assertThat(AddressRange.site(address)).isEqualTo(site);
    }
}
