package io.switchboard.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.http.HttpDoor;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A word for the login of whoever asks, by which the tabs of a browser find out whether they have the same: it is another one
 * after a logout or for another user, and tells nothing else. Thread-safe.
 */
@WebServlet(urlPatterns = LoginServlet.PATH, asyncSupported = true)
public class LoginServlet extends HttpServlet {
    /** Where it is, below the context path. */
    public static final String PATH = "/connection/login";

    private static final long serialVersionUID = 1;

    @Inject
    private transient HttpDoor door;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!door.passes(request, response)) {
            return;
        }
        HttpDoor.Visitor visitor = door.visitor(request);
        String user = visitor.caller().identity().user();
        if (user.isEmpty() && request.getUserPrincipal() != null) {
            response.sendError(403); // somebody whom we do not believe must not pass for nobody
            return;
        }
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .write(word(user, visitor.login().map(HttpSession::getId).orElse("")));
    }

    private static String word(String user, String login) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest((login + "\n" + user).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
