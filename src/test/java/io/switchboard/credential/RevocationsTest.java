package io.switchboard.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Revocations: what was issued until then is void, what comes later is not. */
class RevocationsTest {
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final Revocations revocations =
            new Revocations(() -> Instant.ofEpochSecond(now.get()), Duration.ofHours(1));

    @Test
    void nobodyIsRevokedUnlessSomebodySaysSo() {
        assertThat(revocations.covers("ann", OptionalLong.empty())).isFalse();
    }

    @Test
    void whatWasIssuedUntilThenIsVoid() {
        revocations.revoke("ann");

        assertThat(revocations.covers("ann", OptionalLong.of(999_999))).isTrue();
        assertThat(revocations.covers("ann", OptionalLong.of(1_000_000))).isTrue();
        assertThat(revocations.covers("ann", OptionalLong.of(1_000_001))).isFalse();
        assertThat(revocations.covers("ann", OptionalLong.empty())).isTrue();
        assertThat(revocations.covers("Ann", OptionalLong.of(1))).isFalse();
        assertThat(revocations.covers("", OptionalLong.of(1))).isFalse();
    }

    @Test
    void theLastTimeCounts() {
        revocations.revoke("ann");
        now.addAndGet(10);
        revocations.revoke("ann");

        assertThat(revocations.covers("ann", OptionalLong.of(1_000_010))).isTrue();
    }

    @Test
    void itIsRememberedForAsLongAsTokensLive() {
        revocations.revoke("ann");

        now.addAndGet(3_600);
        revocations.sweep();
        assertThat(revocations.covers("ann", OptionalLong.of(999_999))).isTrue();
        now.incrementAndGet();
        revocations.sweep();
        assertThat(revocations.covers("ann", OptionalLong.of(999_999))).isFalse();
    }
}
