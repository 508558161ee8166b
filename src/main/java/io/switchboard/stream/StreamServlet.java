package io.switchboard.stream;

import io.switchboard.http.HttpDoor;
import io.switchboard.session.Session;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A door with an endless answer; what its clients have to say after that, they say through {@link EmulationServlet}. */
abstract class StreamServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Dialect dialect;

    @Inject
    private transient HttpDoor door;

    StreamServlet(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
        door.preflight(request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!door.passes(request, response)) {
            return;
        }
        HttpDoor.Visitor visitor = door.visitor(request);
        if (door.hasRoom(visitor, response)) {
            AsyncContext async = HttpDoor.endless(request);
            door.body(async, text -> begin(async, visitor, text));
        }
    }

    /** Begins a stream whose client said this first. */
    final void begin(HttpServletRequest request, HttpServletResponse response, String said) {
        HttpDoor.Visitor visitor = door.visitor(request);
        if (door.hasRoom(visitor, response)) {
            begin(HttpDoor.endless(request), visitor, said);
        }
    }

    final HttpDoor door() {
        return door;
    }

    private void begin(AsyncContext async, HttpDoor.Visitor visitor, String said) {
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        response.setContentType(dialect.contentType());
        response.setHeader("X-Accel-Buffering", "no"); // nginx passes on what it gets
        StreamConnection connection = new StreamConnection(async, dialect, door.handles());
        Session session = door.open(visitor, connection, dialect.codec());
        connection.serve(session);
        door.obey(session, said);
    }
}
