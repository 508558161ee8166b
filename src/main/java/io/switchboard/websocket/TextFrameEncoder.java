package io.switchboard.websocket;

import io.switchboard.session.Frame;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;

/** Gives the container the text of a frame that was encoded once for all who get it. Stateless. */
public class TextFrameEncoder implements Encoder.Text<Frame.Text> {
    @Override
    public String encode(Frame.Text frame) {
        return frame.text();
    }

    @Override
    public void init(EndpointConfig config) {}

    @Override
    public void destroy() {}
}
