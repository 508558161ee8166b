package io.switchboard.origin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The proxies in front of us, and what they say about clients. Immutable.
 *
 * <p>{@code X-Forwarded-For} and {@code Forwarded} (RFC 7239) are believed as far as proxies of ours wrote them: from the
 * right, up to the first address that is none of theirs. Everything to the left of it the client may have made up.
 */
public final class Proxies {
    /** Hops that are looked at; nobody has more proxies than that in a row. */
    private static final int MAX_HOPS = 16;

    /** Characters at the end of a header that are looked at. */
    private static final int MAX_HEADER = 4_096;

    /** The header in which proxies name clients. What a client writes into the other one nobody overwrites. */
    public enum Header {
        /** What nearly all of them write. */
        X_FORWARDED_FOR("X-Forwarded-For"),
        /** The standard (RFC 7239). */
        FORWARDED("Forwarded");

        private final String wire;

        Header(String wire) {
            this.wire = wire;
        }

        /** The one of that name, in any case; throws an {@link IllegalArgumentException} if there is none. */
        public static Header named(String name) {
            return Arrays.stream(values())
                    .filter(header -> header.wire.equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("must be X-Forwarded-For or Forwarded"));
        }
    }

    private final List<AddressRange> trusted;
    private final Header header;

    /** Proxies at these addresses, which name clients in that header. */
    public Proxies(List<AddressRange> trusted, Header header) {
        this.trusted = List.copyOf(trusted);
        this.header = header;
    }

    /** Whether a peer is a proxy of ours, so that its headers count. */
    public boolean trusts(String peer) {
        return Address.parse(peer).filter(this::isTrusted).isPresent();
    }

    /**
     * The client's address.
     *
     * @param peer the other end of the connection
     * @param headers the values of all headers of a name, in order
     * @return an address; that of the peer if the headers say nothing that can be believed
     */
    public String client(String peer, Function<String, List<String>> headers) {
        if (!trusts(peer)) {
            return peer;
        }
        List<String> values = headers.apply(header.wire);
        List<String> hops = header == Header.FORWARDED ? named(values) : listed(values);
        String client = peer;
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MAX_HOPS); i--) {
            Optional<Address> hop = Address.parseHop(hops.get(i));
            if (hop.isEmpty()) {
                return client; // "unknown", a made-up name or garbage: the last address that was certain stands
            }
            client = hop.get().text();
            if (!isTrusted(hop.get())) {
                return client;
            }
        }
        return client;
    }

    private boolean isTrusted(Address address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    private static List<String> listed(List<String> headers) {
        List<String> hops = new ArrayList<>();
        for (String header : headers) {
            hops.addAll(List.of(end(header).split(",", -1)));
        }
        return hops;
    }

    /** The {@code for} of each element; an element without one stands for an unknown hop. */
    private static List<String> named(List<String> headers) {
        List<String> hops = new ArrayList<>();
        for (String header : headers) {
            for (String element : split(end(header), ',')) {
                hops.add(split(element, ';').stream()
                        .map(String::strip)
                        .filter(pair -> pair.regionMatches(true, 0, "for=", 0, 4))
                        .map(pair -> pair.substring(4))
                        .findFirst()
                        .orElse(""));
            }
        }
        return hops;
    }

    /** What was added last to a header: a client that made it too long does not make us overlook that. */
    private static String end(String header) {
        return header.substring(Math.max(0, header.length() - MAX_HEADER));
    }

    /**
     * Splits at a character outside of quotes. From right to left, so that a quote which a client left open does not
     * swallow what a proxy added; the first part is empty if there is such a quote in it.
     */
    private static List<String> split(String text, char at) {
        Deque<String> parts = new ArrayDeque<>();
        boolean quoted = false;
        int end = text.length();
        for (int i = end - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == '"' && !isEscaped(text, i)) {
                quoted = !quoted;
            } else if (c == at && !quoted) {
                parts.addFirst(text.substring(i + 1, end));
                end = i;
            }
        }
        parts.addFirst(quoted ? "" : text.substring(0, end));
        return List.copyOf(parts);
    }

    private static boolean isEscaped(String text, int at) {
        int start = at;
        while (start > 0 && text.charAt(start - 1) == '\\') {
            start--;
        }
        return (at - start) % 2 == 1;
    }
}
