package io.switchboard.longpoll;

import io.switchboard.http.DoorServlet;
import io.switchboard.http.Handles;
import io.switchboard.http.HttpDoor;
import io.switchboard.http.Outflow;
import io.switchboard.http.Said;
import io.switchboard.json.NativeCodec;
import io.switchboard.session.Session;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Polls of our own page client: the first one carries commands, the others say which batch has arrived. */
@WebServlet(urlPatterns = LongPollServlet.PATH, asyncSupported = true)
public class LongPollServlet extends DoorServlet {
    /** Where it is, below the context path. */
    public static final String PATH = "/connection/longpoll";

    private static final long serialVersionUID = 1;
    private static final NativeCodec CODEC = new NativeCodec();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!door().passes(request, response)) {
            return;
        }
        HttpDoor.Visitor visitor = door().visitor(request); // only this thread is sure to know
        AsyncContext async = HttpDoor.endless(request);
        door().body(async, text -> {
            Answer answer = answer(async);
            Said.read(text).ifPresentOrElse(said -> poll(said, answer), () -> open(visitor, text, answer, response));
        });
    }

    private void open(HttpDoor.Visitor visitor, String commands, Answer answer, HttpServletResponse response) {
        if (!door().hasRoom(visitor, response)) {
            answer.give(response.getStatus(), "");
            return;
        }
        LongPollConnection connection =
                new LongPollConnection(CODEC, door().handles().next());
        connection.poll(0, answer, System.nanoTime());
        door().obey(door().open(visitor, connection, CODEC), commands);
    }

    private void poll(Said said, Answer answer) {
        Optional<Handles.Held> held = door().handles().find(said.handle());
        if (held.isPresent() && held.get().connection() instanceof LongPollConnection connection) {
            Session session = held.get().session();
            session.heard();
            if (!said.data().isEmpty()) {
                door().obey(session, said.data());
            }
            connection.poll(said.poll().orElse(-1), answer, System.nanoTime());
        } else {
            answer.give(HttpServletResponse.SC_NOT_FOUND, "");
        }
    }

    private static Answer answer(AsyncContext async) {
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        response.setContentType("application/json;charset=UTF-8");
        Outflow out = Outflow.open(async);
        return (status, body) -> {
            response.setStatus(status);
            out.write(body, ok -> {});
            out.end();
        };
    }
}
