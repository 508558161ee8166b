package io.switchboard.websocket;

import io.switchboard.access.Identity;
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
import java.util.Collections;

/**
 * Decides about handshakes before the container upgrades them: only a filter can answer with a status of its choice.
 * Stateless.
 */
@WebFilter(
        urlPatterns = {"/connection/websocket", "/echo", "/pipe/*"},
        asyncSupported = true,
        dispatcherTypes = DispatcherType.REQUEST)
public class HandshakeFilter implements Filter {
    private static final String PROTOBUF = "centrifuge-protobuf";
    private static final String JSON = "centrifuge-json";

    @Inject
    private Arrivals arrivals;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (asksForProtobufOnly((HttpServletRequest) request)) {
            // refused here, since its client would wait for binary frames for ever
            ((HttpServletResponse) response).sendError(400, "only the JSON form of the protocol is spoken here");
            return;
        }
        arrivals.set(new Arrival(request.getRemoteAddr(), Identity.ANONYMOUS));
        try {
            chain.doFilter(request, response);
        } finally {
            arrivals.clear();
        }
    }

    private static boolean asksForProtobufOnly(HttpServletRequest request) {
        String offered = String.join(",", Collections.list(request.getHeaders("Sec-WebSocket-Protocol")));
        return offered.contains(PROTOBUF) && !offered.contains(JSON);
    }
}
