package io.switchboard.websocket;

import io.switchboard.hub.Dispatcher;
import io.switchboard.json.NativeReader;
import io.switchboard.json.Received;
import io.switchboard.message.Disconnect;
import io.switchboard.session.Frame;
import jakarta.websocket.Decoder;
import jakarta.websocket.EndpointConfig;

/**
 * Makes commands of a text message.
 *
 * <p>Never throws: containers disagree on what becomes of a connection whose decoder does. So what cannot be read is a value
 * too, and the endpoint ends the session.
 */
public class CommandDecoder implements Decoder.Text<Received> {
    private final NativeReader reader = new NativeReader(Dispatcher.MAX_COMMANDS);

    @Override
    public Received decode(String message) {
        // measured here as well, because WildFly lets somewhat larger messages pass
        return Frame.utf8Length(message) > SocketDoor.MAX_MESSAGE
                ? Received.unreadable(Disconnect.TOO_BIG)
                : reader.read(message);
    }

    @Override
    public boolean willDecode(String message) {
        return true;
    }

    @Override
    public void init(EndpointConfig config) {}

    @Override
    public void destroy() {}
}
