package io.switchboard.echo;

import io.switchboard.message.Event;
import io.switchboard.message.News;
import io.switchboard.session.Codec;
import io.switchboard.session.Frame;
import java.util.List;

/** The dialect of somebody who only hears himself: no events, no news, and pings of the transport. */
final class EchoCodec implements Codec {
    @Override
    public List<Frame> encode(Event event) {
        return List.of();
    }

    @Override
    public List<Frame> encode(String channel, List<News> news) {
        return List.of();
    }
}
