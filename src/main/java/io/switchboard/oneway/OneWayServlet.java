package io.switchboard.oneway;

import io.switchboard.http.EndlessServlet;
import io.switchboard.http.Handed;
import io.switchboard.http.HttpDoor;
import io.switchboard.http.Outflow;
import io.switchboard.http.Query;
import io.switchboard.json.NativeReader;
import io.switchboard.message.Command;
import io.switchboard.message.Position;
import io.switchboard.session.Codec;
import io.switchboard.session.Session;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Centrifuge's one-way server-sent events, with a shorthand: {@code ?channel=a&channel=b} follows channels,
 * {@code format=raw} writes payloads alone, and {@code Last-Event-ID} says from where.
 */
@WebServlet(urlPatterns = OneWayServlet.PATH, asyncSupported = true)
public class OneWayServlet extends EndlessServlet {
    /** Where it is, below the context path. */
    public static final String PATH = "/connection/uni_sse";

    /** Most channels in one stream: their positions have to fit into a header. */
    static final int MAX_CHANNELS = 32;

    private static final long serialVersionUID = 1;
    private static final int MIN_RETRY_MILLIS = 1_000;
    private static final int MAX_RETRY_MILLIS = 5_000;
    private static final Codec PUSHES = new OneWayCodec(Format.PUSHES);
    private static final Codec RAW = new OneWayCodec(Format.RAW);
    private static final Codec RAW_NAMED = new OneWayCodec(Format.RAW_NAMED);

    /** What a request asks for. */
    private record Wish(List<Command> commands, Codec codec) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (door().passes(request, response)) {
            begin(request, response, Query.first(request, "cf_connect").orElse(""));
        }
    }

    @Override
    protected void begin(AsyncContext async, HttpDoor.Visitor visitor, String said) {
        wish((HttpServletRequest) async.getRequest(), said.isBlank() ? "{}" : said)
                .ifPresentOrElse(wish -> begin(async, visitor, wish), () -> HttpDoor.finish(async, 400));
    }

    private void begin(AsyncContext async, HttpDoor.Visitor visitor, Wish wish) {
        // so that a crowd that lost its server does not come back in one moment
        int retry = ThreadLocalRandom.current().nextInt(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
        Outflow out = Outflow.endless(async, "text/event-stream;charset=UTF-8", "\r\nretry: " + retry + "\n\n");
        OneWayConnection connection = new OneWayConnection(out, wish.codec());
        Session session = door().open(visitor, connection, wish.codec());
        connection.serve(session);
        door().obey(session, wish.commands());
    }

    /** The commands that a two-way client would have given; empty if the request is not understood. */
    private static Optional<Wish> wish(HttpServletRequest request, String text) {
        Optional<Command.Connect> connect = NativeReader.readConnect(text);
        List<String> channels = Query.all(request, "channel");
        Optional<String> last = Optional.ofNullable(request.getHeader("Last-Event-ID"))
                .or(() -> Query.first(request, "last_event_id"))
                .filter(id -> !id.isEmpty());
        Optional<Map<String, Position>> since = last.isEmpty() ? Optional.of(Map.of()) : Positions.read(last.get());
        Optional<Codec> codec = codec(request, channels);
        if (connect.isEmpty() || since.isEmpty() || codec.isEmpty() || channels.size() > MAX_CHANNELS) {
            return Optional.empty();
        }
        Map<String, Position> from = since.get();
        List<Command> commands = new ArrayList<>();
        commands.add(new Command.Connect(
                1,
                connect.get().token().or(() -> Handed.bearer(request)),
                from.isEmpty() ? connect.get().since() : from));
        for (String channel : channels) {
            commands.add(new Command.Subscribe(
                    1L + commands.size(),
                    channel,
                    Optional.empty(),
                    Optional.ofNullable(from.get(channel)),
                    false,
                    false,
                    Optional.empty()));
        }
        return Optional.of(new Wish(commands, codec.get()));
    }

    private static Optional<Codec> codec(HttpServletRequest request, List<String> channels) {
        return switch (Query.first(request, "format").orElse("json")) {
            case "json" -> Optional.of(PUSHES);
            case "raw" -> Optional.of(channels.size() == 1 ? RAW : RAW_NAMED);
            default -> Optional.empty();
        };
    }
}
