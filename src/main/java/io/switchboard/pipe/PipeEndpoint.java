package io.switchboard.pipe;

import io.switchboard.json.JsonWriter;
import io.switchboard.message.Command;
import io.switchboard.message.Disconnect;
import io.switchboard.session.Session;
import io.switchboard.websocket.Doorman;
import io.switchboard.websocket.SocketDoor;
import io.switchboard.websocket.SocketEndpoint;
import io.switchboard.websocket.StatelessEndpoint;
import io.switchboard.websocket.TextFrameEncoder;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pipe door: whatever text is sent is published in the channel of the path, whatever is published is received.
 * Stateless.
 */
@StatelessEndpoint
@ServerEndpoint(value = PipeEndpoint.PATH, configurator = Doorman.class, encoders = TextFrameEncoder.class)
public class PipeEndpoint extends SocketEndpoint {
    /** Where it is, below the context path. */
    public static final String PATH = "/pipe/{channel}";

    private static final PipeCodec CODEC = new PipeCodec();

    @OnOpen
    public void opened(jakarta.websocket.Session socket, @PathParam("channel") String channel) {
        Session session = door().open(socket, CODEC);
        Command follow =
                new Command.Subscribe(2, channel, Optional.empty(), Optional.empty(), false, false, Optional.empty());
        door().dispatcher().obey(session, List.of(new Command.Connect(1, Optional.empty(), Map.of()), follow));
    }

    @OnMessage
    public void said(
            jakarta.websocket.Session socket, @PathParam("channel") String channel, String part, boolean last) {
        door().heed(
                        socket,
                        session -> door().whole(socket, part, last).ifPresent(text -> publish(session, channel, text)));
    }

    @OnMessage
    public void ponged(jakarta.websocket.Session socket, PongMessage pong) {
        ponged(socket);
    }

    @OnMessage(maxMessageSize = SocketDoor.MAX_MESSAGE)
    public void saidInBinary(jakarta.websocket.Session socket, ByteBuffer data) {
        door().heed(socket, session -> session.close(Disconnect.UNSUPPORTED_DATA));
    }

    private void publish(Session session, String channel, String text) {
        Optional<String> data = Optional.of(JsonWriter.quoted(text));
        door().dispatcher().obey(session, List.of(new Command.Publish(3, channel, data, Optional.empty())));
    }
}
