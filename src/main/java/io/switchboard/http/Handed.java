package io.switchboard.http;

import io.switchboard.access.Credential;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/**
 * The credentials that a request hands over. Stateless.
 *
 * <p>Browsers cannot set headers of a WebSocket handshake, so a token may stand among its subprotocols, behind
 * {@value #PROTOCOL}: that is no name of a protocol of ours, so it is never echoed.
 */
public final class Handed {
    /** What comes before a token among the subprotocols. */
    static final String PROTOCOL = "switchboard.token.";

    private static final String BEARER = "Bearer ";

    private Handed() {}

    /** The token of an {@code Authorization: Bearer} header (RFC 6750, section 2.1). */
    public static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    static Optional<Credential> ticket(HttpServletRequest request) {
        return Query.first(request, "ticket").map(text -> new Credential(Credential.Kind.TICKET, text));
    }

    static Optional<Credential> tokenInQuery(HttpServletRequest request) {
        return Query.first(request, "token").map(text -> new Credential(Credential.Kind.TOKEN, text));
    }

    static Optional<Credential> tokenInProtocol(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .filter(name -> name.startsWith(PROTOCOL))
                .map(name -> new Credential(Credential.Kind.TOKEN, name.substring(PROTOCOL.length())))
                .findFirst();
    }
}
