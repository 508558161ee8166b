package io.switchboard.stream;

import io.switchboard.http.EndlessServlet;
import io.switchboard.http.HttpDoor;
import io.switchboard.http.Outflow;
import io.switchboard.session.Session;
import jakarta.servlet.AsyncContext;

/** A door with an endless answer; what its clients have to say after that, they say through {@link EmulationServlet}. */
abstract class StreamServlet extends EndlessServlet {
    private static final long serialVersionUID = 1;

    private final transient Dialect dialect;

    StreamServlet(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    protected final void begin(AsyncContext async, HttpDoor.Visitor visitor, String said) {
        Outflow out = Outflow.endless(async, dialect.contentType(), dialect.beginning());
        var connection =
                new StreamConnection(out, dialect.codec(), door().handles().next());
        Session session = door().open(visitor, connection, dialect.codec());
        out.serve(session);
        door().obey(session, said);
    }
}
