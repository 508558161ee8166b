package io.switchboard.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.access.Admission;
import io.switchboard.access.Identity;
import io.switchboard.session.ManualClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tickets: good once, for a while, for one site. */
class TicketsTest {
    private static final String SITE = "https://example.org";
    private static final Admission ANN = Admission.of(Identity.of("ann", Set.of("staff")));
    private static final Admission BOB = Admission.of(Identity.of("bob", Set.of()));

    private final ManualClock clock = new ManualClock();
    private final Tickets tickets = new Tickets(clock, Duration.ofSeconds(30));

    @Test
    void aTicketIsGoodOnce() {
        String ticket = ticket(ANN);

        assertThat(tickets.redeem(ticket, SITE)).contains(ANN);
        assertThat(tickets.redeem(ticket, SITE)).isEmpty();
    }

    @Test
    void itIsGoodForHalfAMinute() {
        String early = ticket(ANN);
        String late = ticket(ANN);

        clock.advance(Duration.ofSeconds(30).minusNanos(1));
        tickets.sweep();
        assertThat(tickets.redeem(early, SITE)).contains(ANN);
        clock.advance(Duration.ofNanos(1));
        assertThat(tickets.redeem(late, SITE)).isEmpty();
        assertThat(tickets.lifetime()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whoShowsItElsewhereHasBurntIt() {
        for (String elsewhere : new String[] {"https://evil.example", "https://example.org:444", ""}) {
            String ticket = ticket(ANN);

            assertThat(tickets.redeem(ticket, elsewhere)).isEmpty();
            assertThat(tickets.redeem(ticket, SITE)).isEmpty();
        }
    }

    @Test
    void whatIsNoTicketBurnsNone() {
        String ticket = ticket(ANN);

        for (String other : new String[] {"", "x", ticket + " ", "x" + ticket.substring(1) + "x"}) {
            assertThat(tickets.redeem(other, SITE)).isEmpty();
        }
        assertThat(tickets.redeem(ticket, SITE)).contains(ANN);
    }

    @Test
    void allTicketsOfAUserCanBeTakenBack() {
        String first = ticket(ANN);
        String second = ticket(ANN);
        String other = ticket(BOB);

        tickets.revoke("ann");

        assertThat(tickets.redeem(first, SITE)).isEmpty();
        assertThat(tickets.redeem(second, SITE)).isEmpty();
        assertThat(tickets.redeem(other, SITE)).contains(BOB);
        assertThat(tickets.redeem(ticket(ANN), SITE)).contains(ANN);
    }

    @Test
    void eachIs128BitsOfItsOwn() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String ticket = ticket(ANN);
            assertThat(ticket).matches("[A-Za-z0-9_-]{22}");
            all.add(ticket);
        }
        assertThat(all).hasSize(1_000);
    }

    @Test
    void aHundredThousandAreOutAtMost() {
        for (int i = 0; i < 99_999; i++) {
            ticket(ANN);
        }
        clock.advance(Duration.ofSeconds(10));
        String last = ticket(BOB);

        assertThat(tickets.issue(ANN, SITE)).isEmpty();
        clock.advance(Duration.ofSeconds(20)); // the old ones are no good any more, and make room
        assertThat(tickets.issue(ANN, SITE)).isPresent();
        assertThat(tickets.redeem(last, SITE)).contains(BOB);
    }

    private String ticket(Admission admission) {
        return tickets.issue(admission, SITE).orElseThrow();
    }
}
