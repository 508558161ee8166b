package io.switchboard.http;

import io.switchboard.origin.Origins;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * The answer headers by which a browser lets a page of a listed site read us (Fetch standard, section 3.2). Stateless.
 *
 * <p>Never with credentials: across sites nobody is believed because of a cookie, so none need be sent.
 */
public final class Cors {
    private static final String MAX_AGE = "300";

    private Cors() {}

    /** Names the origin, if it is on the list; always says that the answer depends on it. */
    public static void answer(HttpServletRequest request, HttpServletResponse response, Origins.Verdict origin) {
        response.addHeader("Vary", "Origin");
        if (origin == Origins.Verdict.LISTED) {
            response.setHeader("Access-Control-Allow-Origin", Gate.named(request));
        }
    }

    /** Answers a preflight. */
    public static void preflight(
            HttpServletRequest request, HttpServletResponse response, Origins.Verdict origin, String methods) {
        answer(request, response, origin);
        if (origin == Origins.Verdict.LISTED) {
            response.setHeader("Access-Control-Allow-Methods", methods);
            Optional.ofNullable(request.getHeader("Access-Control-Request-Headers"))
                    .map(Gate::clean)
                    .ifPresent(headers -> response.setHeader("Access-Control-Allow-Headers", headers));
            response.setHeader("Access-Control-Max-Age", MAX_AGE);
        }
        response.setStatus(origin == Origins.Verdict.FOREIGN ? 403 : 204);
    }
}
