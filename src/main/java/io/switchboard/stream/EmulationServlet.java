package io.switchboard.stream;

import io.switchboard.http.DoorServlet;
import io.switchboard.http.Handles;
import io.switchboard.http.HttpDoor;
import io.switchboard.http.Said;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * What clients say whose connection carries nothing towards us. 204: taken; the answers come over the connection. 404 makes
 * the client come back at once: nobody here goes by that name.
 */
@WebServlet(urlPatterns = EmulationServlet.PATH, asyncSupported = true)
public class EmulationServlet extends DoorServlet {
    /** Where it is, below the context path. */
    public static final String PATH = "/emulation";

    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (door().passes(request, response)) {
            AsyncContext async = HttpDoor.endless(request);
            door().body(async, text -> HttpDoor.finish(async, heed(text)));
        }
    }

    private int heed(String text) {
        Optional<Said> said = Said.read(text);
        if (said.isEmpty() || said.get().data().isEmpty()) {
            return 400;
        }
        Optional<Handles.Held> held = door().handles()
                .find(said.get().handle())
                .filter(found -> found.session().isOpen());
        held.ifPresent(found -> door().obey(found.session(), said.get().data()));
        return held.isPresent() ? 204 : 404;
    }
}
