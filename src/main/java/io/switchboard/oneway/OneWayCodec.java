package io.switchboard.oneway;

import io.switchboard.json.BarePush;
import io.switchboard.json.JsonReader;
import io.switchboard.json.JsonWriter;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.News;
import io.switchboard.message.Position;
import io.switchboard.message.Problem;
import io.switchboard.message.Publication;
import io.switchboard.session.Codec;
import io.switchboard.session.Frame;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes server-sent events (HTML standard, section 9.2). Stateless.
 *
 * <p>The {@code id} of an event is where its channel stands after it; {@link OneWayConnection} makes it where the client
 * stands in all its channels.
 */
final class OneWayCodec implements Codec {
    /** Tag of a publication that gives its event a name, in the raw formats. */
    static final String EVENT = "event";

    private static final String FOR_A_DAY = "retry: 86400000\n"; // EventSource knows no "stay away"

    private final Format format;
    private final Frame ping;

    OneWayCodec(Format format) {
        this.format = format;
        ping = Frame.of(format == Format.PUSHES ? "data: {}\n\n" : ":\n\n");
    }

    @Override
    public List<Frame> encode(Event event) {
        StringBuilder out = new StringBuilder();
        if (event instanceof Event.Connected connected) {
            if (format == Format.PUSHES) {
                block(out, "", "", BarePush.of(connected));
            }
            connected.subscriptions().values().forEach(subscribed -> subscribed(out, subscribed));
        } else if (event instanceof Event.Subscribed subscribed) {
            subscribed(out, subscribed);
        } else if (event instanceof Event.Missed missed) {
            notice(out, event, "gap", gap(missed.channel()).number("count", missed.count()));
        } else if (event instanceof Event.Unsubscribed unsubscribed) {
            JsonWriter notice = gap(unsubscribed.channel())
                    .number("code", unsubscribed.why().code());
            notice(
                    out,
                    event,
                    "unsubscribe",
                    notice.text("reason", unsubscribed.why().reason()));
        } else if (event instanceof Event.Ended ended) {
            out.append(ended.why().isFinal() ? FOR_A_DAY : "");
            JsonWriter notice =
                    new JsonWriter().open().number("code", ended.why().code());
            notice(out, event, "disconnect", notice.text("reason", ended.why().reason()));
        }
        return out.isEmpty() ? List.of() : List.of(Frame.of(out.toString()));
    }

    @Override
    public List<Frame> encode(String channel, List<News> news) {
        StringBuilder out = new StringBuilder();
        news.forEach(item -> news(out, channel, item));
        return out.isEmpty() ? List.of() : List.of(Frame.of(out.toString()));
    }

    @Override
    public List<Frame> join(List<Frame> frames) {
        String all = frames.stream().map(frame -> ((Frame.Text) frame).text()).collect(Collectors.joining());
        return List.of(new Frame.Text(all, frames.stream().mapToInt(Frame::size).sum()));
    }

    @Override
    public Frame ping() {
        return ping;
    }

    /** Nothing can be asked again here: whoever may not have what he asked for is told, and let go. */
    @Override
    public Optional<Disconnect> ending(Event event) {
        return event instanceof Event.Refused refused ? Optional.of(ending(refused.problem())) : Optional.empty();
    }

    private static Disconnect ending(Problem problem) {
        return switch (problem.code()) {
            case 101, 103 -> Disconnect.PERMISSION_DENIED;
            case 109, 110 -> Disconnect.EXPIRED;
            case 111 -> Disconnect.TOO_MANY_REQUESTS;
            default -> problem.temporary() ? Disconnect.INTERNAL : Disconnect.BAD_REQUEST;
        };
    }

    private void subscribed(StringBuilder out, Event.Subscribed subscribed) {
        String channel = subscribed.channel();
        String id = subscribed.position().map(at -> id(channel, at)).orElse("");
        if (format == Format.PUSHES) {
            block(out, "", id, BarePush.of(subscribed.withoutPublications()));
        } else {
            if (subscribed.wasRecovering() && !subscribed.recovered()) {
                block(
                        out,
                        "gap",
                        "",
                        gap(channel).text("reason", "unrecovered").close().toString());
            }
            out.append(id).append(id.isEmpty() ? "" : "\n"); // an id alone is remembered, and is no event
        }
        subscribed.publications().forEach(publication -> news(out, channel, publication));
    }

    private void news(StringBuilder out, String channel, News item) {
        if (item instanceof Publication publication) {
            String id = publication.offset() > 0 ? id(channel, publication.at()) : "";
            if (format == Format.PUSHES) {
                block(out, "", id, BarePush.of(channel, publication));
            } else {
                block(out, name(channel, publication), id, payload(publication.data()));
            }
        } else if (format == Format.PUSHES) {
            block(out, "", "", BarePush.of(channel, item));
        }
    }

    private void notice(StringBuilder out, Event event, String name, JsonWriter raw) {
        if (format == Format.PUSHES) {
            block(out, "", "", BarePush.of(event));
        } else {
            block(out, name, "", raw.close().toString());
        }
    }

    private static JsonWriter gap(String channel) {
        return new JsonWriter().open().text("channel", channel);
    }

    private String name(String channel, Publication publication) {
        return Optional.ofNullable(publication.tags().get(EVENT)).orElse(format == Format.RAW_NAMED ? channel : "");
    }

    /** A string is written as the text that it is, everything else as JSON. */
    private static String payload(String json) {
        return json.startsWith("\"") ? new JsonReader(json).string().orElse("") : json;
    }

    private static String id(String channel, Position at) {
        return OneWayConnection.ID + Positions.entry(channel, at) + "\n";
    }

    private static void block(StringBuilder out, String name, String id, String data) {
        if (!name.isEmpty()) {
            out.append("event: ").append(oneLine(name)).append('\n');
        }
        out.append(id);
        // every kind of line break that a reader of events knows
        data.lines().forEach(line -> out.append("data: ").append(line).append('\n'));
        if (data.isEmpty()) {
            out.append("data: \n");
        }
        out.append('\n');
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\r\n]", " ");
    }
}
