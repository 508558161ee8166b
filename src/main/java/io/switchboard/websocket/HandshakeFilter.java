package io.switchboard.websocket;

import io.switchboard.http.Gate;
import io.switchboard.http.Logins;
import io.switchboard.origin.Origins;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Decides about handshakes before the container upgrades them: only a filter can answer with a status of its choice.
 * Stateless.
 */
@WebFilter(
        urlPatterns = {"/connection/websocket", "/echo", "/pipe/*"},
        asyncSupported = true,
        dispatcherTypes = DispatcherType.REQUEST)
public class HandshakeFilter implements Filter {
    private static final String RETRY_SECONDS = "5";

    @Inject
    private Arrivals arrivals;

    @Inject
    private Gate gate;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        Origins.Verdict origin = gate.origin(asked);
        String address = gate.address(asked);
        Optional<Gate.Refused> refused = Upgrade.fault(asked)
                .or(() -> origin == Origins.Verdict.FOREIGN ? Optional.of(gate.foreign(asked)) : Optional.empty())
                .or(() -> gate.room(address));
        if (refused.isPresent()) {
            refuse((HttpServletResponse) response, refused.get());
            return;
        }
        Gate.Passed passed = gate.passed(asked, origin, address);
        arrivals.set(new Arrival(passed.caller(), passed.believesLogin(), Logins.of(asked)));
        try {
            chain.doFilter(request, response);
        } finally {
            arrivals.clear();
        }
    }

    /** The connection ends with the answer: no proxy in between must take it for a tunnel. */
    private static void refuse(HttpServletResponse response, Gate.Refused refused) throws IOException {
        response.setHeader("Connection", "close");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (refused.status() == 426) {
            response.setHeader("Sec-WebSocket-Version", Upgrade.VERSION);
            response.setHeader("Upgrade", "websocket");
        } else if (refused.status() == 503) {
            response.setHeader("Retry-After", RETRY_SECONDS);
        }
        response.setStatus(refused.status());
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write(refused.reason() + "\n");
    }
}
