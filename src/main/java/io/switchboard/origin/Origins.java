package io.switchboard.origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose pages may use us: scheme, host and port of an {@code Origin} are compared as a whole (RFC 6454). Immutable.
 *
 * <p>A page of our own site always may. Browsers send the header with every handshake and every write, so whoever sends
 * none is no page; whether he may come is a setting of its own, as it is for {@code null}, which is what sandboxed frames
 * and local files send.
 */
public final class Origins {
    /** What a request came from. */
    public enum Verdict {
        /** A page of our own site. */
        SAME,
        /** A page of a site on the list. */
        LISTED,
        /** No page. */
        MISSING,
        /** Anybody else. */
        FOREIGN
    }

    private static final String NONE = "null";

    private final Set<String> listed;
    private final boolean nullAllowed;
    private final boolean missingAllowed;

    /**
     * The given origins and no others.
     *
     * @param listed origins such as {@code https://app.example.org}
     * @param nullAllowed whether the origin {@code null} counts as listed
     * @param missingAllowed whether who sends no origin may come
     * @throws IllegalArgumentException if one is not exactly scheme, host and maybe port
     */
    public Origins(Set<String> listed, boolean nullAllowed, boolean missingAllowed) {
        this.listed = listed.stream()
                .map(text -> normal(text)
                        .orElseThrow(
                                () -> new IllegalArgumentException("must be scheme://host[:port], is '" + text + "'")))
                .collect(Collectors.toUnmodifiableSet());
        this.nullAllowed = nullAllowed;
        this.missingAllowed = missingAllowed;
    }

    /**
     * Where a request came from.
     *
     * @param origin the header, empty if there is none
     * @param ours the origin under which the client reached us, such as {@code https://host:8443}
     */
    public Verdict judge(Optional<String> origin, String ours) {
        if (origin.isEmpty()) {
            return missingAllowed ? Verdict.MISSING : Verdict.FOREIGN;
        }
        if (origin.get().equals(NONE)) {
            return nullAllowed ? Verdict.LISTED : Verdict.FOREIGN;
        }
        Optional<String> normal = normal(origin.get());
        if (normal.isEmpty()) {
            return Verdict.FOREIGN;
        }
        if (normal.equals(normal(ours))) {
            return Verdict.SAME;
        }
        return listed.contains(normal.get()) ? Verdict.LISTED : Verdict.FOREIGN;
    }

    /** An origin in one spelling: small letters, the default port left out; empty if it is none. */
    static Optional<String> normal(String origin) {
        try {
            URI uri = new URI(origin);
            boolean bare = uri.getScheme() != null
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (!bare || origin.endsWith(":")) {
                return Optional.empty();
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int usual = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
            String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
            return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
