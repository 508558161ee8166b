package io.switchboard.json;

import io.switchboard.message.Event;
import io.switchboard.message.News;

/** The pushes of Centrifuge's one-way transports: what would be inside of a push or of a reply, without it. Stateless. */
public final class BarePush {
    private BarePush() {}

    /** News of a channel. */
    public static String of(String channel, News item) {
        JsonWriter out = new JsonWriter(item.size()).open();
        NativeCodec.news(out, channel, item);
        return out.close().toString();
    }

    /** An event; an empty object if a one-way client has no use for it. */
    public static String of(Event event) {
        JsonWriter out = new JsonWriter().open();
        if (event instanceof Event.Connected connected) {
            out.open("connect");
            NativeCodec.connected(out, connected);
            out.close();
        } else if (event instanceof Event.Subscribed subscribed) {
            out.text("channel", subscribed.channel()).open("subscribe");
            NativeCodec.subscribed(out, subscribed);
            out.close();
        } else {
            NativeCodec.push(out, event);
        }
        return out.close().toString();
    }
}
