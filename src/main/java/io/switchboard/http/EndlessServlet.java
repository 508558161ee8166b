package io.switchboard.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A door with endless answers; what the client says first is the body of a {@code POST}. */
public abstract class EndlessServlet extends DoorServlet {
    private static final long serialVersionUID = 1;

    /** Begins the answer of a visitor who said this first. */
    protected abstract void begin(AsyncContext async, HttpDoor.Visitor visitor, String said);

    @Override
    protected final void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!door().passes(request, response)) {
            return;
        }
        HttpDoor.Visitor visitor = door().visitor(request);
        if (door().hasRoom(visitor, response)) {
            AsyncContext async = HttpDoor.endless(request);
            door().body(async, said -> begin(async, visitor, said));
        }
    }

    /** A request that passed said this in its address. */
    protected final void begin(HttpServletRequest request, HttpServletResponse response, String said) {
        HttpDoor.Visitor visitor = door().visitor(request);
        if (door().hasRoom(visitor, response)) {
            begin(HttpDoor.endless(request), visitor, said);
        }
    }

    /** Not without a body, which would never end. */
    @Override
    protected final void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendError(405);
    }
}
