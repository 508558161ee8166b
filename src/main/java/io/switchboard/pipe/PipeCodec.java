package io.switchboard.pipe;

import io.switchboard.json.JsonBounds;
import io.switchboard.json.JsonReader;
import io.switchboard.message.Disconnect;
import io.switchboard.message.Event;
import io.switchboard.message.News;
import io.switchboard.message.Problem;
import io.switchboard.message.Publication;
import io.switchboard.message.Unsubscribe;
import io.switchboard.session.Codec;
import io.switchboard.session.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The dialect of the pipe: a message is the payload of a publication, and nothing else can be said.
 *
 * <p>So whatever else the client must know ends the session: its close code is 4500 plus the code of the problem, and 3010
 * where publications could not be delivered. A payload that is a JSON string is sent as the text it holds.
 */
final class PipeCodec implements Codec {
    private static final int FINAL = 4_500;

    @Override
    public List<Frame> encode(Event event) {
        return event instanceof Event.Subscribed subscribed ? frames(subscribed.publications()) : List.of();
    }

    @Override
    public List<Frame> encode(String channel, List<News> news) {
        return frames(news);
    }

    @Override
    public Optional<Disconnect> ending(Event event) {
        if (event instanceof Event.Refused refused) {
            Problem problem = refused.problem();
            return Optional.of(new Disconnect(FINAL + problem.code(), problem.message()));
        }
        if (event instanceof Event.Unsubscribed unsubscribed) {
            boolean mayReturn = unsubscribed.why().code() >= Unsubscribe.INSUFFICIENT_STATE.code();
            return Optional.of(mayReturn ? Disconnect.INSUFFICIENT_STATE : Disconnect.FORCED);
        }
        return event instanceof Event.Missed ? Optional.of(Disconnect.INSUFFICIENT_STATE) : Optional.empty();
    }

    private static List<Frame> frames(List<? extends News> news) {
        List<Frame> frames = new ArrayList<>();
        for (News item : news) {
            if (item instanceof Publication publication) {
                frames.add(Frame.of(text(publication.data())));
            }
        }
        return frames;
    }

    private static String text(String data) {
        return data.startsWith("\"")
                ? new JsonReader(data, JsonBounds.APPLICATION).string().orElse("")
                : data;
    }
}
