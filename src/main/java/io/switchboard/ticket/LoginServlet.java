package io.switchboard.ticket;

import io.switchboard.credential.Secrets;
import io.switchboard.http.DoorServlet;
import io.switchboard.http.HttpDoor;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * A word for the login of whoever asks, by which the tabs of a browser find out whether they have the same: it is another one
 * after a logout or for another user, and tells nothing else. Thread-safe.
 */
@WebServlet(urlPatterns = LoginServlet.PATH, asyncSupported = true)
public class LoginServlet extends DoorServlet {
    /** Where it is, below the context path. */
    public static final String PATH = "/connection/login";

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!door().passes(request, response)) {
            return;
        }
        HttpDoor.Visitor visitor = door().visitor(request);
        String user = visitor.caller().identity().user();
        if (user.isEmpty() && request.getUserPrincipal() != null) {
            response.sendError(403); // somebody whom we do not believe must not pass for nobody
            return;
        }
        response.setContentType("text/plain;charset=UTF-8");
        String login = visitor.login().map(HttpSession::getId).orElse("");
        response.getWriter().write(Secrets.hash(login + "\n" + user));
    }
}
