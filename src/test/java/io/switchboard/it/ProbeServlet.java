package io.switchboard.it;

import io.switchboard.Switchboard;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import io.switchboard.message.Refusal;
import io.switchboard.message.Unsubscribe;
import io.switchboard.session.Counters;
import io.switchboard.session.Session;
import io.switchboard.session.Sessions;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Application code beside the module: {@code GET /probe?do=…} does one thing with the injected {@link Switchboard} and
 * answers in JSON, with 409 and the code of the problem where it refuses, and with 400 where an argument is wrong.
 */
@WebServlet("/probe")
public class ProbeServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient Switchboard switchboard;

    @Inject
    private transient Sessions sessions;

    @Inject
    private transient Counters counters;

    /** An object for JSON-B to write. */
    public record Weather(String city, double degrees, List<String> words) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setCharacterEncoding("UTF-8"); // Payara reads a query as ISO 8859-1 otherwise
        Object answer;
        try {
            answer = perform(request);
        } catch (Refusal refusal) {
            response.setStatus(409);
            answer = Map.of("problem", refusal.problem().code());
        } catch (IllegalArgumentException wrong) {
            response.setStatus(400);
            answer = Map.of("wrong", String.valueOf(wrong.getMessage()));
        }
        response.setContentType("application/json;charset=UTF-8");
        response.getWriter().write(json(answer));
    }

    private Object perform(HttpServletRequest request) {
        String channel = text(request, "channel");
        return switch (text(request, "do")) {
            case "publish" -> position(switchboard.publishJson(channel, text(request, "data"), tags(request)));
            case "publishText" -> position(switchboard.publish(channel, text(request, "data")));
            case "publishObject" ->
                position(switchboard.publish(channel, new Weather("上海", 21.5, List.of("mild", "\"dry\""))));
            case "publishMap" -> position(switchboard.publish(channel, Map.of("text", text(request, "data"))));
            case "series" -> Map.of("count", series(request, channel));
            case "history" -> Map.of("publications", history(channel, number(request, "limit")));
            case "presence" ->
                Map.of("clients", done(switchboard.presence(channel)).keySet());
            case "disconnect" -> Map.of("count", disconnect(request));
            case "unsubscribe" -> Map.of("count", unsubscribe(request, channel));
            case "revoke" -> Map.of("count", switchboard.revoke(text(request, "user")));
            case "setRoles" -> Map.of("count", switchboard.setRoles(text(request, "user"), roles(request)));
            case "sessions" -> sessions(request);
            case "counters" -> counters.snapshot();
            default -> throw new IllegalArgumentException("do what?");
        };
    }

    /** Publishes {@code {"n":1,"pad":"…"}} and so on, of a size in bytes, spread over some keys (0: none). */
    private int series(HttpServletRequest request, String channel) {
        int first = number(request, "first");
        int count = number(request, "count");
        int keys = number(request, "keys");
        String pad = "x".repeat(number(request, "size"));
        for (int n = first; n < first + count; n++) {
            Map<String, String> tags = keys == 0 ? Map.of() : Map.of(Publication.KEY, "key-" + n % keys);
            done(switchboard.publishJson(channel, "{\"n\":" + n + ",\"pad\":\"" + pad + "\"}", tags));
        }
        return count;
    }

    private List<String> history(String channel, int limit) {
        return done(switchboard.history(channel, limit)).stream()
                .map(publication -> publication.offset() + " " + publication.data())
                .toList();
    }

    private int disconnect(HttpServletRequest request) {
        String client = text(request, "client");
        if (text(request, "code").isEmpty()) {
            return switchboard.disconnect(text(request, "user"));
        }
        Disconnect why = new Disconnect(number(request, "code"), text(request, "reason"));
        if (client.isEmpty()) {
            return switchboard.disconnect(text(request, "user"), why);
        }
        Session session = session(client);
        session.close(why);
        return 1;
    }

    private int unsubscribe(HttpServletRequest request, String channel) {
        String client = text(request, "client");
        Unsubscribe why = new Unsubscribe(number(request, "code"), "the application wants it so");
        if (client.isEmpty()) {
            return switchboard.unsubscribe(text(request, "user"), channel, why);
        }
        return switchboard.unsubscribe(session(client), channel, why) ? 1 : 0;
    }

    private Map<String, Object> sessions(HttpServletRequest request) {
        String client = text(request, "client");
        return Map.of(
                "count", sessions.count(),
                "byId", sessions.byId(client).isPresent() ? 1 : 0,
                "byUser", sessions.byUser(text(request, "user")).size(),
                "byAddress",
                        switchboard
                                .sessions()
                                .byAddress(text(request, "address"))
                                .size(),
                "users", sessions.users(),
                "channels",
                        sessions.byId(client).map(Session::channels).stream()
                                .flatMap(c -> c.stream())
                                .toList());
    }

    private static Set<String> roles(HttpServletRequest request) {
        String roles = text(request, "roles");
        return roles.isEmpty() ? Set.of() : Set.of(roles.split(",", -1));
    }

    private Session session(String client) {
        return sessions.byId(client).orElseThrow(() -> new IllegalArgumentException("no such client"));
    }

    private static Map<String, String> tags(HttpServletRequest request) {
        String key = text(request, "key");
        return key.isEmpty() ? Map.of() : Map.of("key", key);
    }

    private static Map<String, Object> position(CompletionStage<Position> published) {
        Position position = done(published);
        return Map.of("epoch", position.epoch(), "offset", position.offset());
    }

    /** A servlet may wait, unlike the callbacks of a socket. */
    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static int number(HttpServletRequest request, String name) {
        return Integer.parseInt(text(request, name));
    }

    private static String text(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    private static String json(Object answer) {
        try (Jsonb jsonb = JsonbBuilder.create()) {
            return jsonb.toJson(answer);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
