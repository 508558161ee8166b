package io.switchboard.http;

import io.switchboard.access.Caller;
import io.switchboard.access.Credential;
import io.switchboard.access.Identity;
import io.switchboard.origin.Origins;
import io.switchboard.origin.Proxies;
import io.switchboard.quota.Quotas;
import io.switchboard.session.Counters;
import io.switchboard.session.Seldom;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges requests before anything is done for them. Thread-safe. */
public final class Gate {
    /**
     * A request that may go on.
     *
     * @param caller what is known of its sender
     * @param believesLogin whether a login of the container counts
     */
    public record Passed(Caller caller, boolean believesLogin) {}

    /**
     * Why a request may not go on.
     *
     * @param status status of the answer
     * @param reason what is said with it
     */
    public record Refused(int status, String reason) {}

    private static final Logger LOG = System.getLogger(Gate.class.getName());
    private static final int MAX_HOST = 255;

    private final Origins origins;
    private final Proxies proxies;
    private final Quotas quotas;
    private final Counters counters;
    private final boolean tokenInQuery;
    private final Seldom hints = new Seldom(LOG, System::nanoTime);

    /** A gate with these rules; {@code tokenInQuery} says whether a token in the address counts. */
    public Gate(Origins origins, Proxies proxies, Quotas quotas, Counters counters, boolean tokenInQuery) {
        this.origins = origins;
        this.proxies = proxies;
        this.quotas = quotas;
        this.counters = counters;
        this.tokenInQuery = tokenInQuery;
    }

    /** Where a request comes from, as its headers say. */
    public Origins.Verdict origin(HttpServletRequest request) {
        List<String> all = Collections.list(request.getHeaders("Origin"));
        if (all.size() > 1) {
            return Origins.Verdict.FOREIGN;
        }
        if (all.isEmpty() && isOfOurPage(request)) {
            return Origins.Verdict.SAME;
        }
        return origins.judge(all.stream().findFirst(), ours(request));
    }

    /**
     * Whether a browser says that one of our own pages asks: with a GET to its own origin it sends no {@code Origin} (Fetch
     * standard, section 3.1). No page can forge these headers; where there is no TLS the first one is not sent.
     */
    private boolean isOfOurPage(HttpServletRequest request) {
        String site = Optional.ofNullable(request.getHeader("Sec-Fetch-Site")).orElse("");
        String referer = Optional.ofNullable(request.getHeader("Referer")).orElse("");
        int path = referer.indexOf('/', referer.indexOf("://") + "://".length());
        return site.isEmpty()
                ? path > 0
                        && origins.judge(Optional.of(referer.substring(0, path)), ours(request)) == Origins.Verdict.SAME
                : site.equals("same-origin");
    }

    /** The origin that a request names; empty if it names none. */
    public static String named(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Origin")).orElse("");
    }

    /**
     * Whether the container's login counts, for a request from there. Browsers add cookies and cached passwords to what any
     * page sends, so it does for our own pages and for what is no page, and there only if no cookie carried it.
     */
    public static boolean believesLogin(HttpServletRequest request, Origins.Verdict origin) {
        return switch (origin) {
            case SAME -> true;
            case MISSING -> request.getHeader("Cookie") == null;
            case LISTED, FOREIGN -> false;
        };
    }

    /** Why a request from a foreign page is refused; counted, and hinted at in the log now and then. */
    public Refused foreign(HttpServletRequest request) {
        counters.count("handshakes.refused.origin");
        hints.warn(() -> "refused a page of " + clean(named(request)) + ": this is " + clean(ours(request))
                + " and it is not in switchboard.origins (behind a proxy: is it in switchboard.proxies?)");
        return new Refused(403, "this origin is not allowed here");
    }

    /** What stands against a handshake; if nothing does, it is counted. */
    public Optional<Refused> room(String address) {
        return quotas.handshake(address).map(shortage -> {
            counters.count("handshakes.refused." + shortage.name().toLowerCase(Locale.ROOT));
            return new Refused(503, "too many connections, come back later");
        });
    }

    /** The client's address. */
    public String address(HttpServletRequest request) {
        return proxies.client(request.getRemoteAddr(), name -> Collections.list(request.getHeaders(name)));
    }

    /** What is known of a request's sender. */
    public Passed passed(HttpServletRequest request, Origins.Verdict origin, String address) {
        Optional<Credential> credential = Handed.ticket(request)
                .or(() -> Handed.tokenInProtocol(request))
                .or(() -> tokenInQuery ? Handed.tokenInQuery(request) : Optional.empty());
        Caller caller = new Caller(address, named(request), Identity.ANONYMOUS, credential);
        return new Passed(caller, believesLogin(request, origin));
    }

    /** The origin under which the client reached us. */
    private String ours(HttpServletRequest request) {
        boolean proxied = proxies.trusts(request.getRemoteAddr());
        String scheme = last(request, "X-Forwarded-Proto", proxied).orElseGet(request::getScheme);
        String host = last(request, "X-Forwarded-Host", proxied)
                .or(() -> Optional.ofNullable(request.getHeader("Host")))
                .orElse("");
        return host.length() > MAX_HOST ? "" : scheme + "://" + host;
    }

    /** What the proxy next to us added: the end of the last header of that name. */
    private static Optional<String> last(HttpServletRequest request, String header, boolean proxied) {
        List<String> all = proxied ? Collections.list(request.getHeaders(header)) : List.of();
        return all.stream()
                .reduce((one, next) -> next)
                .map(value -> value.substring(value.lastIndexOf(',') + 1).strip())
                .filter(value -> !value.isEmpty());
    }

    /** A text from outside as it may stand in a log: one line of visible characters, and not long. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(MAX_HOST)
                .map(c -> c > ' ' && c < 0x7f ? c : '?')
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
