package io.switchboard.websocket;

import io.switchboard.session.Frame;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;
import java.nio.ByteBuffer;

/** Gives the container the bytes of a frame. Stateless. */
public class BinaryFrameEncoder implements Encoder.Binary<Frame.Binary> {
    @Override
    public ByteBuffer encode(Frame.Binary frame) {
        return frame.data().duplicate();
    }

    @Override
    public void init(EndpointConfig config) {}

    @Override
    public void destroy() {}
}
