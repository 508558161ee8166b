package io.switchboard.echo;

import io.switchboard.session.Frame;
import io.switchboard.session.Session;
import io.switchboard.websocket.BinaryFrameEncoder;
import io.switchboard.websocket.Doorman;
import io.switchboard.websocket.SocketDoor;
import io.switchboard.websocket.SocketEndpoint;
import io.switchboard.websocket.StatelessEndpoint;
import io.switchboard.websocket.TextFrameEncoder;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The echo door: text comes back behind {@value #PREFIX}, binary as it is; with the query {@code ?raw} text does too.
 * Stateless.
 */
@StatelessEndpoint
@ServerEndpoint(
        value = EchoEndpoint.PATH,
        configurator = Doorman.class,
        encoders = {TextFrameEncoder.class, BinaryFrameEncoder.class})
public class EchoEndpoint extends SocketEndpoint {
    /** Where it is, below the context path. */
    public static final String PATH = "/echo";

    /** What comes before a text. */
    public static final String PREFIX = "回声: ";

    private static final EchoCodec CODEC = new EchoCodec();

    @OnOpen
    public void opened(jakarta.websocket.Session socket) {
        Session session = door().open(socket, CODEC);
        session.connect(session.identity());
    }

    @OnMessage
    public void said(jakarta.websocket.Session socket, String part, boolean last) {
        door().heed(
                        socket,
                        session -> door().whole(socket, part, last)
                                .ifPresent(text -> answer(session, Frame.of(isRaw(socket) ? text : PREFIX + text))));
    }

    @OnMessage
    public void ponged(jakarta.websocket.Session socket, PongMessage pong) {
        ponged(socket);
    }

    @OnMessage(maxMessageSize = SocketDoor.MAX_MESSAGE)
    public void saidInBinary(jakarta.websocket.Session socket, byte[] data) {
        door().heed(socket, session -> answer(session, new Frame.Binary(ByteBuffer.wrap(data))));
    }

    private static void answer(Session session, Frame frame) {
        session.heard();
        session.write(List.of(frame));
    }

    private static boolean isRaw(jakarta.websocket.Session socket) {
        String query = Optional.ofNullable(socket.getQueryString()).orElse("");
        return Arrays.stream(query.split("&", -1)).anyMatch(part -> part.equals("raw") || part.startsWith("raw="));
    }
}
