package io.switchboard.stream;

import io.switchboard.message.Event;
import io.switchboard.message.News;
import io.switchboard.session.Codec;
import io.switchboard.session.Frame;
import java.util.List;
import java.util.stream.Collectors;

/** The lines of another codec, dressed for an endless answer. */
abstract class DressedCodec implements Codec {
    private final Codec plain;

    DressedCodec(Codec plain) {
        this.plain = plain;
    }

    /** One or more lines, without the last line break, as they go over the wire. */
    abstract String dress(String lines);

    @Override
    public final List<Frame> encode(Event event) {
        return dressed(plain.encode(event));
    }

    @Override
    public final List<Frame> encode(String channel, List<News> news) {
        return dressed(plain.encode(channel, news));
    }

    @Override
    public final List<Frame> join(List<Frame> frames) {
        String all = frames.stream().map(frame -> ((Frame.Text) frame).text()).collect(Collectors.joining());
        return List.of(new Frame.Text(all, frames.stream().mapToInt(Frame::size).sum()));
    }

    @Override
    public final Frame ping() {
        return Frame.of(dress("{}"));
    }

    private List<Frame> dressed(List<Frame> frames) {
        return frames.stream()
                .<Frame>map(frame -> {
                    Frame.Text text = (Frame.Text) frame;
                    String wire = dress(text.text());
                    return new Frame.Text(
                            wire, text.size() + wire.length() - text.text().length()); // what is added is ASCII
                })
                .toList();
    }
}
