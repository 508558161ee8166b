package io.switchboard.it;

import io.switchboard.Switchboard;
import io.switchboard.session.Counters;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** Application code that says how many sessions the node has and what it counted, as lines of {@code name=number}. */
@WebServlet("/counts")
public class CountsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient Switchboard switchboard;

    @Inject
    private transient Counters counters;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        PrintWriter out = response.getWriter();
        out.println("sessions=" + switchboard.sessions().count());
        counters.snapshot().forEach((name, count) -> out.println(name + "=" + count));
    }
}
