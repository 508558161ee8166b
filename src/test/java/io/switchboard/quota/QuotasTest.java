package io.switchboard.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.quota.QuotaLimits.Flow;
import io.switchboard.quota.Quotas.Shortage;
import io.switchboard.session.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many connections there may be, of whom, and how fast they come. */
class QuotasTest {
    private static final String HERE = "192.0.2.1";

    private final ManualClock clock = new ManualClock();

    @Test
    void withoutLimitsAnybodyMayTakeAnything() {
        Quotas quotas = new Quotas(QuotaLimits.NONE, clock);
        Allowance allowance = quotas.open(HERE);
        for (int i = 0; i < 10_000; i++) {
            assertThat(quotas.handshake(HERE)).isEmpty();
            assertThat(quotas.open(HERE).connect("ann")).isTrue();
            assertThat(allowance.command(1_000)).isEqualTo(Allowance.Answer.OBEY);
            assertThat(allowance.message(Integer.MAX_VALUE)).isTrue();
            assertThat(allowance.name("chat:" + i)).isTrue();
        }
    }

    @Test
    void theNodeHasSoManyConnections() {
        Quotas quotas = connections(2, 0, 0, 0);
        Allowance first = quotas.open("192.0.2.2");
        quotas.open("192.0.2.3");

        assertThat(quotas.handshake(HERE)).contains(Shortage.NODE);
        first.leave();
        assertThat(quotas.handshake(HERE)).isEmpty();
    }

    @Test
    void thoseWhoHaveNotSaidWhoTheyAreAreCountedApart() {
        Quotas quotas = connections(0, 2, 0, 0);
        Allowance first = quotas.open(HERE);
        Allowance second = quotas.open(HERE);

        assertThat(quotas.handshake(HERE)).contains(Shortage.UNCONNECTED);
        first.connect("");
        assertThat(quotas.handshake(HERE)).isEmpty();
        Allowance third = quotas.open(HERE);
        assertThat(quotas.handshake(HERE)).contains(Shortage.UNCONNECTED);

        first.leave(); // was connected: frees no place among the others
        assertThat(quotas.handshake(HERE)).contains(Shortage.UNCONNECTED);
        second.leave();
        third.leave();
        quotas.open(HERE);
        assertThat(quotas.handshake(HERE)).isEmpty();
    }

    @Test
    void connectingTwiceCountsOnce() {
        Quotas quotas = connections(0, 2, 1, 0);
        quotas.open(HERE);
        Allowance twice = quotas.open(HERE);

        assertThat(twice.connect("ann")).isTrue();
        assertThat(twice.connect("bob")).isTrue();
        assertThat(quotas.open(HERE).connect("ann")).isTrue();
        assertThat(quotas.open(HERE).connect("bob")).isFalse();
    }

    @Test
    void anAddressHasSoManyConnections() {
        Quotas quotas = connections(0, 0, 0, 2);
        Allowance first = quotas.open("2001:db8::1");
        quotas.open("2001:db8::ffff:1");

        assertThat(quotas.handshake("2001:db8:0:0:9::9")).contains(Shortage.ADDRESS);
        assertThat(quotas.handshake("2001:db8:0:1::1")).isEmpty();
        first.leave();
        assertThat(quotas.handshake("2001:db8::3")).isEmpty();
    }

    @Test
    void aUserHasSoManyConnectionsAndTheAnonymousAreNobody() {
        Quotas quotas = connections(0, 0, 2, 0);
        Allowance first = quotas.open(HERE);
        assertThat(first.connect("ann")).isTrue();
        assertThat(quotas.open(HERE).connect("ann")).isTrue();

        assertThat(quotas.open(HERE).connect("ann")).isFalse();
        assertThat(quotas.open(HERE).connect("Ann")).isTrue();
        first.leave();
        assertThat(quotas.open(HERE).connect("ann")).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(quotas.open(HERE).connect("")).isTrue();
        }
    }

    @Test
    void whoWasRefusedTakesNoPlaceAndLeavesNone() {
        Quotas quotas = connections(0, 0, 1, 0);
        Allowance first = quotas.open(HERE);
        first.connect("ann");
        Allowance refused = quotas.open(HERE);
        assertThat(refused.connect("ann")).isFalse();
        refused.leave();

        assertThat(quotas.open(HERE).connect("ann")).isFalse();
        first.leave();
        first.leave();
        assertThat(quotas.open(HERE).connect("ann")).isTrue();
        assertThat(quotas.open(HERE).connect("ann")).isFalse();
    }

    @Test
    void whoLeavesTwiceIsGoneOnce() {
        Quotas quotas = connections(1, 0, 0, 1);
        Allowance allowance = quotas.open(HERE);
        allowance.leave();
        allowance.leave();
        assertThat(allowance.connect("ann")).isTrue(); // too late to count

        quotas.open(HERE);
        assertThat(quotas.handshake(HERE)).contains(Shortage.NODE);
    }

    @Test
    void handshakesComeAtARate() {
        Quotas quotas = new Quotas(new QuotaLimits(0, 0, 0, 0, 100, 10, Flow.FREE, Flow.FREE, Flow.FREE, 0), clock);

        assertThat(admitted(quotas, HERE, 300)).isEqualTo(100); // ten seconds of one address
        assertThat(quotas.handshake(HERE)).contains(Shortage.RATE);
        assertThat(admitted(quotas, "192.0.2.2", 100)).isEqualTo(100); // two seconds of the node, with those before
        assertThat(admitted(quotas, "192.0.2.3", 100)).isZero();

        clock.advance(Duration.ofSeconds(1));
        assertThat(admitted(quotas, HERE, 100)).isEqualTo(10);
        assertThat(admitted(quotas, "192.0.2.4", 100)).isEqualTo(90);
    }

    @Test
    void onlyWhoIsIdleIsForgotten() {
        Quotas quotas = new Quotas(new QuotaLimits(0, 0, 1, 1, 0, 1, Flow.FREE, new Flow(1, 0), Flow.FREE, 0), clock);
        admitted(quotas, HERE, 10);
        Allowance allowance = quotas.open("192.0.2.2");
        allowance.connect("ann");
        for (int i = 0; i < 5; i++) {
            assertThat(allowance.command(1)).isEqualTo(Allowance.Answer.OBEY);
        }

        quotas.sweep();
        assertThat(quotas.handshake(HERE)).contains(Shortage.RATE); // its debt is remembered
        assertThat(quotas.handshake("192.0.2.2")).contains(Shortage.ADDRESS); // its connection too
        Allowance second = quotas.open("192.0.2.3");
        assertThat(second.connect("ann")).isFalse();
        second.leave();
        assertThat(allowance.command(1)).isEqualTo(Allowance.Answer.REFUSE);

        allowance.leave();
        quotas.sweep();
        Allowance again = quotas.open("192.0.2.2");
        assertThat(again.connect("ann")).isTrue();
        assertThat(again.command(1)).isEqualTo(Allowance.Answer.REFUSE); // coming back pays no debt
        again.leave();
        clock.advance(Duration.ofSeconds(10));
        quotas.sweep();
        assertThat(quotas.parties()).isZero();
    }

    @Test
    void underManyThreadsTheCountsReturnToNothing() {
        Quotas quotas = connections(1, 1, 3, 1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 5_000; i++) {
                            Allowance allowance = quotas.open(
                                    "192.0.2." + ThreadLocalRandom.current().nextInt(3));
                            if (allowance.connect("ann")) {
                                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                Thread.yield();
                                inside.decrementAndGet();
                            }
                            allowance.leave();
                            quotas.sweep();
                        }
                    },
                    pool));
        }
        all.forEach(CompletableFuture::join);
        pool.shutdown();
        quotas.sweep();

        assertThat(most.get()).isBetween(1, 3);
        assertThat(quotas.parties()).isZero();
        assertThat(quotas.handshake(HERE)).isEmpty();
        Allowance one = quotas.open(HERE);
        assertThat(quotas.handshake(HERE)).contains(Shortage.NODE);
        one.leave();
        assertThat(quotas.handshake(HERE)).isEmpty();
    }

    private Quotas connections(int node, int unconnected, int user, int address) {
        return new Quotas(
                new QuotaLimits(node, unconnected, user, address, 0, 0, Flow.FREE, Flow.FREE, Flow.FREE, 0), clock);
    }

    private static int admitted(Quotas quotas, String address, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            admitted += quotas.handshake(address).isEmpty() ? 1 : 0;
        }
        return admitted;
    }
}
