package io.switchboard.websocket;

import io.switchboard.hub.Dispatcher;
import io.switchboard.json.NativeCodec;
import io.switchboard.json.NativeReader;
import io.switchboard.json.Received;
import io.switchboard.message.Disconnect;
import io.switchboard.session.Session;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;

/** The native door: the Centrifuge client protocol in JSON. Stateless. */
@StatelessEndpoint
@ServerEndpoint(
        value = NativeEndpoint.PATH,
        subprotocols = "centrifuge-json",
        configurator = Doorman.class,
        encoders = TextFrameEncoder.class)
public class NativeEndpoint extends SocketEndpoint {
    /** Where it is, below the context path. */
    public static final String PATH = "/connection/websocket";

    private static final NativeCodec CODEC = new NativeCodec();
    private static final NativeReader READER = new NativeReader(Dispatcher.MAX_COMMANDS);

    @OnOpen
    public void opened(jakarta.websocket.Session socket) {
        door().open(socket, CODEC);
    }

    @OnMessage
    public void said(jakarta.websocket.Session socket, String part, boolean last) {
        door().heed(
                        socket,
                        session ->
                                door().whole(socket, part, last).ifPresent(text -> obey(session, READER.read(text))));
    }

    @OnMessage(maxMessageSize = SocketDoor.MAX_MESSAGE)
    public void saidInBinary(jakarta.websocket.Session socket, ByteBuffer data) {
        door().heed(socket, session -> session.close(Disconnect.INAPPROPRIATE_PROTOCOL));
    }

    private void obey(Session session, Received received) {
        received.fault()
                .ifPresentOrElse(session::close, () -> door().dispatcher().obey(session, received.commands()));
    }
}
