package io.switchboard.it;

import io.switchboard.Switchboard;
import io.switchboard.message.Publication;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/**
 * Application code that publishes {@code {"n":1,"pad":"…"}}, {@code {"n":2,…}} and so on in a channel.
 *
 * <p>Parameters: channel, first number, count, size of each in bytes, and over how many keys they are spread (0: none).
 */
@WebServlet("/series")
public class SeriesServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient Switchboard switchboard;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        int first = number(request, "first");
        int keys = number(request, "keys");
        String pad = "x".repeat(number(request, "size"));
        for (int n = first; n < first + number(request, "count"); n++) {
            Map<String, String> tags = keys == 0 ? Map.of() : Map.of(Publication.KEY, "key-" + n % keys);
            String data = "{\"n\":" + n + ",\"pad\":\"" + pad + "\"}";
            switchboard
                    .publishJson(request.getParameter("channel"), data, tags)
                    .toCompletableFuture()
                    .join();
        }
        response.setStatus(204);
    }

    private static int number(HttpServletRequest request, String name) {
        return Integer.parseInt(request.getParameter(name));
    }
}
