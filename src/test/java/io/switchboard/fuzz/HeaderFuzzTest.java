package io.switchboard.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchboard.origin.AddressRange;
import io.switchboard.origin.Origins;
import io.switchboard.origin.Proxies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who a client is and which page it comes from, by whatever headers say so.
 *
 * <p>The input is lines of headers, and of what is not in headers: {@code peer}, {@code ours} (our own origin) and
 * {@code left} (what a client had written into a header before the proxies came to it).
 */
class HeaderFuzzTest {
    private static final int BYTES_PER_CHARACTER = 2_048;
    private static final List<AddressRange> RANGES = Stream.of("10.0.0.0/8", "192.0.2.7", "fd00::/8")
            .map(AddressRange::parse)
            .toList();
    private static final Proxies USUAL = new Proxies(RANGES, Proxies.Header.X_FORWARDED_FOR);
    private static final Proxies STANDARD = new Proxies(RANGES, Proxies.Header.FORWARDED);
    private static final String PEER = "10.0.0.1";
    private static final Pattern OURS = Pattern.compile("10\\.[0-9.]+|192\\.0\\.2\\.7|fd[0-9a-f]{2}:[0-9a-f:]+");
    private static final Set<String> LISTED = Set.of("https://app.example.org", "http://[2001:db8::1]:8080");
    private static final Pattern ORIGIN = Pattern.compile(
            "([a-z][-+.a-z0-9]*)://([-.a-z0-9]+|\\[[0-9a-f:.]+(?:%[-_.~%a-z0-9]+)?])(?::([0-9]+))?",
            Pattern.CASE_INSENSITIVE);

    @FuzzTest
    void nobodyIsTakenForSomebodyElse(byte[] bytes) {
        List<String> lines = Fuzzing.text(bytes).lines().toList();
        String peer = values(lines, "peer").findFirst().orElse(PEER);
        String left = values(lines, "left").findFirst().orElse("");
        List<String> forwarded = values(lines, "forwarded").toList();
        List<String> forwardedFor = values(lines, "x-forwarded-for").toList();

        theClientIsInTheHeaders(STANDARD, peer, forwarded);
        theClientIsInTheHeaders(USUAL, peer, forwardedFor);
        whatIsLeftOfTheClientChangesNothing(STANDARD, forwarded, left);
        whatIsLeftOfTheClientChangesNothing(USUAL, forwardedFor, left);
        String ours = values(lines, "ours").findFirst().orElse("https://switchboard.example.org");
        thePageIsOneWeKnow(values(lines, "origin").findFirst(), ours);
        rangesAreAddressesOrRefused(peer);
    }

    private static Stream<String> values(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2));
    }

    private static void theClientIsInTheHeaders(Proxies proxies, String peer, List<String> headers) {
        int length = peer.length() + String.join("", headers).length();
        String client = Fuzzing.bounded(length, BYTES_PER_CHARACTER, () -> proxies.client(peer, name -> headers));

        boolean trusted = proxies.trusts(peer);
        assertThat(trusted)
                .as(peer)
                .isEqualTo(Literals.read(peer.split("%", 2)[0])
                        .filter(address -> OURS.matcher(address).matches())
                        .isPresent());
        if (!trusted) {
            assertThat(client).isEqualTo(peer);
        } else if (!client.equals(peer)) {
            assertThat(Literals.in(headers)).contains(Literals.read(client).orElseThrow());
        }
    }

    private static void whatIsLeftOfTheClientChangesNothing(Proxies proxies, List<String> headers, String left) {
        String client = proxies.client(PEER, name -> headers);
        if (proxies.trusts(client)) {
            return; // no client in there
        }
        List<String> another = new ArrayList<>(headers);
        another.add(0, left);
        List<String> longer = new ArrayList<>(headers);
        longer.set(0, left + ", " + headers.get(0));

        assertThat(proxies.client(PEER, name -> another)).as("%s", another).isEqualTo(client);
        assertThat(proxies.client(PEER, name -> longer)).as("%s", longer).isEqualTo(client);
    }

    private static void thePageIsOneWeKnow(Optional<String> origin, String ours) {
        for (boolean allowed : new boolean[] {false, true}) {
            Origins origins = new Origins(LISTED, allowed, allowed);
            int length = origin.map(String::length).orElse(0) + ours.length();
            Origins.Verdict verdict = Fuzzing.bounded(length, BYTES_PER_CHARACTER, () -> origins.judge(origin, ours));

            if (origin.isEmpty()) {
                assertThat(verdict).isEqualTo(allowed ? Origins.Verdict.MISSING : Origins.Verdict.FOREIGN);
            } else if (origin.get().equals("null")) {
                assertThat(verdict).isEqualTo(allowed ? Origins.Verdict.LISTED : Origins.Verdict.FOREIGN);
            } else {
                String plain = plain(origin.get());
                switch (verdict) {
                    case SAME -> assertThat(plain).isNotEmpty().isEqualTo(plain(ours));
                    case LISTED -> assertThat(LISTED).contains(plain);
                    case FOREIGN -> {
                        assertThat(LISTED).doesNotContain(origin.get());
                        assertThat(origin.get().equals(ours) && ours.matches("https?://[a-z]+(:[1-9][0-9]{1,3})?"))
                                .isFalse();
                    }
                    case MISSING -> throw new AssertionError("it is there");
                }
            }
            for (String listed : LISTED) {
                assertThat(origins.judge(Optional.of(listed), ours))
                        .isEqualTo(plain(ours).equals(listed) ? Origins.Verdict.SAME : Origins.Verdict.LISTED);
            }
        }
    }

    /** An origin in one spelling; empty if it is none. */
    private static String plain(String origin) {
        Matcher matcher = ORIGIN.matcher(origin);
        if (!matcher.matches()) {
            return "";
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String port = matcher.group(3) == null ? "" : matcher.group(3).replaceFirst("^0+(?=.)", "");
        boolean usual = port.isEmpty()
                || (scheme.equals("http") && port.equals("80"))
                || (scheme.equals("https") && port.equals("443"));
        return scheme + "://" + matcher.group(2).toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
    }

    private static void rangesAreAddressesOrRefused(String text) {
        AddressRange.site(text);
        String[] parts = text.strip().split("/", 2);
        boolean good = Literals.read(parts[0].split("%", 2)[0])
                .filter(address -> parts.length == 1
                        || (parts[1].matches("[0-9]{1,3}")
                                && Integer.parseInt(parts[1]) <= (address.contains(":") ? 128 : 32)))
                .isPresent();
        if (good) {
            AddressRange.parse(text);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text));
        }
    }
}
