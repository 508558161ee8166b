package io.switchboard.stream;

import jakarta.servlet.annotation.WebServlet;

/** The streaming half of Centrifuge's emulated connection: a line for each reply. */
@WebServlet(urlPatterns = HttpStreamServlet.PATH, asyncSupported = true)
public class HttpStreamServlet extends StreamServlet {
    /** Where it is, below the context path. */
    public static final String PATH = "/connection/http_stream";

    private static final long serialVersionUID = 1;

    /** For the container. */
    public HttpStreamServlet() {
        super(Dialect.LINES);
    }
}
