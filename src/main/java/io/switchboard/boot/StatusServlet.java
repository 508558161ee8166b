package io.switchboard.boot;

import io.switchboard.json.JsonWriter;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;

/** Says what runs here, for the start page: nothing about who is connected. */
@WebServlet(urlPatterns = "/status", asyncSupported = true)
public class StatusServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient Exchange exchange;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonWriter out = new JsonWriter().open().text("name", "Switchboard").text("version", Version.CURRENT);
        out.text("engine", exchange.engine().name())
                .text("container", getServletContext().getServerInfo());
        out.raw("demos", String.valueOf(exchange.settings().demos()));
        array(out, "endpoints", Endpoints.PATHS);
        array(out, "namespaces", exchange.namespaces().names());
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().write(out.close().toString());
    }

    private static void array(JsonWriter out, String name, Collection<String> values) {
        out.openArray(name);
        values.forEach(out::element);
        out.closeArray();
    }
}
