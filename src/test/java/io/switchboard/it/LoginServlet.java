package io.switchboard.it;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * The login page of an application: {@code GET /login?do=…} logs somebody in, out, or changes what his HTTP session holds.
 *
 * <p>The answer is one line: the user that the container's API knows then, and how long his HTTP session may be idle.
 */
public class LoginServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        HttpSession session = request.getSession();
        switch (String.valueOf(request.getParameter("do"))) {
            case "in" -> {
                session.setAttribute(SessionLogin.USER, request.getParameter("user"));
                session.setAttribute(SessionLogin.ROLES, String.valueOf(request.getParameter("roles")));
            }
            case "roles" -> session.setAttribute(SessionLogin.ROLES, request.getParameter("roles"));
            case "idle" -> session.setMaxInactiveInterval(Integer.parseInt(request.getParameter("seconds")));
            case "rename" -> request.changeSessionId();
            case "out" -> request.logout();
            case "end" -> {
                session.invalidate();
                return;
            }
            default -> {}
        }
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write(request.getRemoteUser() + " " + session.getMaxInactiveInterval() + "\n");
    }
}
