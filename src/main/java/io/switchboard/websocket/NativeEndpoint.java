package io.switchboard.websocket;

import io.switchboard.json.NativeCodec;
import io.switchboard.json.Received;
import io.switchboard.message.Disconnect;
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
        decoders = CommandDecoder.class,
        encoders = TextFrameEncoder.class)
public class NativeEndpoint extends SocketEndpoint {
    /** Where it is, below the context path. */
    public static final String PATH = "/connection/websocket";

    private static final NativeCodec CODEC = new NativeCodec();

    @OnOpen
    public void opened(jakarta.websocket.Session socket) {
        door().open(socket, CODEC);
    }

    @OnMessage(maxMessageSize = SocketDoor.MAX_MESSAGE)
    public void said(jakarta.websocket.Session socket, Received received) {
        door().session(socket)
                .ifPresent(session -> received.fault()
                        .ifPresentOrElse(
                                session::close, () -> door().dispatcher().obey(session, received.commands())));
    }

    @OnMessage(maxMessageSize = SocketDoor.MAX_MESSAGE)
    public void saidInBinary(jakarta.websocket.Session socket, ByteBuffer data) {
        door().session(socket).ifPresent(session -> session.close(Disconnect.INAPPROPRIATE_PROTOCOL));
    }
}
