package io.switchboard.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.quota.Allowance.Answer;
import io.switchboard.quota.QuotaLimits.Flow;
import io.switchboard.session.ManualClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a session may say, alone and together with its user and its address. */
class AllowanceTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void aBurstIsObeyedAsMuchAgainIsRefusedAndThenItIsTheEnd() {
        Allowance allowance = of(new Flow(100, 0), Flow.FREE, Flow.FREE).open("a");

        assertThat(count(allowance, Answer.OBEY, 200)).isEqualTo(200);
        assertThat(count(allowance, Answer.REFUSE, 200)).isEqualTo(200);
        assertThat(allowance.command(1)).isEqualTo(Answer.END);
        assertThat(allowance.command(1)).isEqualTo(Answer.END);
    }

    @Test
    void whoPausesIsHeardAgain() {
        Allowance allowance = of(new Flow(100, 0), Flow.FREE, Flow.FREE).open("a");
        count(allowance, Answer.OBEY, 200);
        assertThat(allowance.command(1)).isEqualTo(Answer.REFUSE);

        clock.advance(Duration.ofMillis(10)); // what was refused counts: it only drained that
        assertThat(allowance.command(1)).isEqualTo(Answer.REFUSE);
        clock.advance(Duration.ofMillis(20));
        assertThat(allowance.command(1)).isEqualTo(Answer.OBEY);
        clock.advance(Duration.ofHours(1));
        assertThat(count(allowance, Answer.OBEY, 300)).isEqualTo(200); // no more than a burst is saved up
    }

    @Test
    void heavyCommandsCountForSeveral() {
        Allowance allowance = of(new Flow(10, 0), Flow.FREE, Flow.FREE).open("a");

        for (int i = 0; i < 4; i++) {
            assertThat(allowance.command(5)).isEqualTo(Answer.OBEY);
        }
        assertThat(allowance.command(5)).isEqualTo(Answer.REFUSE);
    }

    @Test
    void bytesAreCountedInsteadOfMessages() {
        Allowance allowance = of(new Flow(0, 1_000), Flow.FREE, Flow.FREE).open("a");

        assertThat(allowance.message(3_999)).isTrue();
        assertThat(allowance.message(2)).isFalse();
        assertThat(allowance.message(1)).isTrue();
        assertThat(allowance.message(1)).isFalse();
        clock.advance(Duration.ofSeconds(2));
        assertThat(allowance.message(2_001)).isFalse();
        assertThat(allowance.message(2_000)).isTrue();
    }

    @Test
    void theSessionsOfAUserShareWhatHeMaySay() {
        Quotas quotas = of(Flow.FREE, new Flow(2, 100), Flow.FREE);
        Allowance first = connected(quotas, "a", "ann");
        Allowance second = connected(quotas, "b", "ann");
        Allowance other = connected(quotas, "a", "bob");

        assertThat(count(first, Answer.OBEY, 6)).isEqualTo(6);
        assertThat(count(second, Answer.OBEY, 6)).isEqualTo(4);
        assertThat(count(first, Answer.REFUSE, 100)).isEqualTo(100); // others of his may be at fault: no end
        assertThat(first.message(500)).isTrue();
        assertThat(second.message(1)).isFalse();
        assertThat(count(other, Answer.OBEY, 10)).isEqualTo(10);
        assertThat(other.message(1)).isTrue();

        first.leave();
        assertThat(connected(quotas, "c", "ann").command(1)).isEqualTo(Answer.REFUSE); // coming back pays no debt
        clock.advance(Duration.ofSeconds(1));
        assertThat(count(second, Answer.OBEY, 6)).isEqualTo(2);
    }

    @Test
    void theSessionsOfAnAddressShareWhatItMaySay() {
        Quotas quotas = of(Flow.FREE, Flow.FREE, new Flow(1, 10));
        Allowance first = quotas.open("2001:db8::1");
        Allowance second = connected(quotas, "2001:db8::2", "ann");

        assertThat(count(first, Answer.OBEY, 6)).isEqualTo(6);
        assertThat(count(second, Answer.OBEY, 6)).isEqualTo(4);
        assertThat(first.message(100)).isTrue();
        assertThat(second.message(1)).isFalse();
        assertThat(quotas.open("2001:db8:0:1::1").command(1)).isEqualTo(Answer.OBEY);
    }

    @Test
    void whatIsRefusedIsNotHeldAgainstTheOtherSessionsOfTheUser() {
        Quotas quotas = of(Flow.FREE, new Flow(1, 0), new Flow(1, 0));
        Allowance loud = connected(quotas, "a", "ann");
        Allowance elsewhere = connected(quotas, "b", "ann");

        assertThat(count(loud, Answer.OBEY, 20)).isEqualTo(5);
        assertThat(elsewhere.command(1)).isEqualTo(Answer.REFUSE);
        clock.advance(Duration.ofSeconds(1));
        assertThat(elsewhere.command(1)).isEqualTo(Answer.OBEY);
    }

    @Test
    void newChannelsAreNamedAtARateAndKnownOnesAlways() {
        Quotas quotas = names(60);
        Allowance allowance = connected(quotas, "a", "ann");

        assertThat(named(allowance, 0, 100)).isEqualTo(60);
        assertThat(named(allowance, 0, 60)).isEqualTo(60);
        assertThat(allowance.name("chat:60")).isFalse();
        assertThat(connected(quotas, "b", "ann").name("chat:61")).isFalse();
        assertThat(connected(quotas, "b", "bob").name("chat:61")).isTrue();

        clock.advance(Duration.ofSeconds(2));
        assertThat(named(allowance, 60, 70)).isEqualTo(2);
    }

    @Test
    void theAnonymousOfAnAddressNameChannelsTogether() {
        Quotas quotas = names(10);

        assertThat(named(quotas.open("a"), 0, 8)).isEqualTo(8);
        assertThat(named(connected(quotas, "a", ""), 10, 20)).isEqualTo(2);
        assertThat(named(connected(quotas, "a", "ann"), 10, 20)).isEqualTo(10);
        assertThat(named(quotas.open("b"), 10, 20)).isEqualTo(10);
    }

    @Test
    void theChannelsNamedLastAreKnown() {
        Allowance allowance = connected(names(2_000), "a", "ann");
        assertThat(named(allowance, 0, 1_024)).isEqualTo(1_024);
        assertThat(allowance.name("chat:0")).isTrue(); // from now on one of the last
        assertThat(named(allowance, 1_024, 2_000)).isEqualTo(976);

        assertThat(allowance.name("chat:new")).isFalse();
        assertThat(allowance.name("chat:0")).isTrue();
        assertThat(allowance.name("chat:1999")).isTrue();
        assertThat(allowance.name("chat:977")).isTrue();
        assertThat(allowance.name("chat:976")).isFalse(); // 1,024 others came after it
    }

    private Quotas of(Flow session, Flow user, Flow address) {
        return new Quotas(new QuotaLimits(0, 0, 0, 0, 0, 0, session, user, address, 0), clock);
    }

    private Quotas names(int perMinute) {
        return new Quotas(new QuotaLimits(0, 0, 0, 0, 0, 0, Flow.FREE, Flow.FREE, Flow.FREE, perMinute), clock);
    }

    private static Allowance connected(Quotas quotas, String address, String user) {
        Allowance allowance = quotas.open(address);
        assertThat(allowance.connect(user)).isTrue();
        return allowance;
    }

    private static int count(Allowance allowance, Answer answer, int commands) {
        return (int) IntStream.range(0, commands)
                .filter(i -> allowance.command(1) == answer)
                .count();
    }

    private static int named(Allowance allowance, int from, int to) {
        return (int) IntStream.range(from, to)
                .filter(i -> allowance.name("chat:" + i))
                .count();
    }
}
