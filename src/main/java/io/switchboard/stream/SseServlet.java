package io.switchboard.stream;

import io.switchboard.http.Query;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * The same as server-sent events. A browser's own {@code EventSource} can only ask by GET, so what the client says first may
 * stand in the address.
 */
@WebServlet(urlPatterns = SseServlet.PATH, asyncSupported = true)
public class SseServlet extends StreamServlet {
    /** Where it is, below the context path. */
    public static final String PATH = "/connection/sse";

    private static final long serialVersionUID = 1;

    /** For the container. */
    public SseServlet() {
        super(Dialect.EVENTS);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!door().passes(request, response)) {
            return;
        }
        Optional<String> said = Query.first(request, "cf_connect");
        if (said.isEmpty()) {
            response.sendError(400, "cf_connect is missing");
            return;
        }
        begin(request, response, said.get());
    }
}
