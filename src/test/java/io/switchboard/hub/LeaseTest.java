package io.switchboard.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a right lasts, and when its holder is asked to renew it. */
class LeaseTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    @Test
    void whatDoesNotEndIsNotRenewed() {
        assertThat(Lease.until(OptionalLong.empty(), NOW, 5)).isEqualTo(Lease.FOR_EVER);
        assertThat(Lease.FOR_EVER.isOver(Long.MAX_VALUE)).isFalse();
        assertThat(Lease.FOR_EVER.ttl()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 2",
        "4, 3",
        "10, 8",
        "100, 75",
        "101, 76",
        "3600, 3575",
        "31536000, 31535975",
        "31536001, 31535975",
        "9000000000000000, 31535975",
        "0, 1",
        "-100, 1"
    })
    void theClientIsAskedAQuarterBeforeTheEndButNeverMoreThanTwentyFiveSeconds(long left, long ttl) {
        assertThat(until(left, 0).ttl()).hasValue(ttl);
    }

    @ParameterizedTest
    @CsvSource({"0", "1000000000", "-5", "9223372036854775000", "-9223372036854775808"})
    void itEndsOnTheSecondWhereverTheClockStands(long nanos) {
        Lease lease = until(10, nanos);
        long end = nanos + TimeUnit.SECONDS.toNanos(10);

        assertThat(lease.isOver(nanos)).isFalse();
        assertThat(lease.isOver(end - 1)).isFalse();
        assertThat(lease.isOver(end)).isTrue();
        assertThat(lease.isOver(end + TimeUnit.DAYS.toNanos(400))).isTrue();
    }

    @Test
    void whatEndedBeforeIsOverAtOnce() {
        assertThat(until(0, 7).isOver(7)).isTrue();
        assertThat(until(-1, 7).isOver(7)).isTrue();
        assertThat(Lease.until(OptionalLong.of(0), NOW, 7).isOver(7)).isTrue();
    }

    @Test
    void nothingLastsLongerThanAYear() {
        long year = TimeUnit.DAYS.toNanos(365);

        assertThat(until(Integer.MAX_VALUE, 0).isOver(year - 1)).isFalse();
        assertThat(until(Integer.MAX_VALUE, 0).isOver(year)).isTrue();
    }

    private static Lease until(long left, long nanos) {
        return Lease.until(OptionalLong.of(NOW.getEpochSecond() + left), NOW, nanos);
    }
}
