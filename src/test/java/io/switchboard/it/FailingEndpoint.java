package io.switchboard.it;

import io.switchboard.json.NativeCodec;
import io.switchboard.session.Session;
import io.switchboard.websocket.Doorman;
import io.switchboard.websocket.SocketEndpoint;
import io.switchboard.websocket.StatelessEndpoint;
import io.switchboard.websocket.TextFrameEncoder;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.server.ServerEndpoint;

/** A door that deals with a message by recursion without end, and with an empty one by an exception. */
@StatelessEndpoint
@ServerEndpoint(value = FailingEndpoint.PATH, configurator = Doorman.class, encoders = TextFrameEncoder.class)
public class FailingEndpoint extends SocketEndpoint {
    public static final String PATH = "/failing";

    private static final NativeCodec CODEC = new NativeCodec();

    @OnOpen
    public void opened(jakarta.websocket.Session socket) {
        Session session = door().open(socket, CODEC);
        session.connect(session.identity());
    }

    @OnMessage
    public void said(jakarta.websocket.Session socket, String text) {
        door().heed(socket, session -> {
            if (text.isEmpty()) {
                throw new IllegalStateException("as was asked for");
            }
            fall(1);
        });
    }

    private static int fall(int depth) {
        return depth > 0 ? fall(depth + 1) + 1 : 0;
    }
}
