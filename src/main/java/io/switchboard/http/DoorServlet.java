package io.switchboard.http;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** A servlet at the HTTP door; preflights are answered. */
public abstract class DoorServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient HttpDoor door;

    @Override
    protected final void doOptions(HttpServletRequest request, HttpServletResponse response) {
        door.preflight(request, response);
    }

    /** The door that it stands at. */
    protected final HttpDoor door() {
        return door;
    }
}
