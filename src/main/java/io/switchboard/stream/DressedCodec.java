package io.switchboard.stream;

import io.switchboard.json.NativeCodec;
import io.switchboard.message.Event;
import io.switchboard.message.News;
import io.switchboard.session.Codec;
import io.switchboard.session.Frame;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The lines of the native codec, dressed for an endless answer. */
final class DressedCodec implements Codec {
    private final Codec plain = new NativeCodec();
    private final UnaryOperator<String> dress;
    private final Frame ping;

    /** Makes of one or more lines, without the last line break, what goes over the wire; it adds nothing but ASCII. */
    DressedCodec(UnaryOperator<String> dress) {
        this.dress = dress;
        ping = dressed(plain.ping());
    }

    @Override
    public List<Frame> encode(Event event) {
        return dressed(plain.encode(event));
    }

    @Override
    public List<Frame> encode(String channel, List<News> news) {
        return dressed(plain.encode(channel, news));
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

    private List<Frame> dressed(List<Frame> frames) {
        return frames.stream().map(this::dressed).toList();
    }

    private Frame dressed(Frame frame) {
        Frame.Text lines = (Frame.Text) frame;
        String wire = dress.apply(lines.text());
        return new Frame.Text(wire, lines.size() + wire.length() - lines.text().length());
    }
}
