package io.switchboard.shortcut;

import io.switchboard.session.Connection;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.protocol.framed.SendFrameHeader;
import io.undertow.websockets.core.StreamSinkFrameChannel;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSocketFrameType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Deque;

/** The end of a frame that did not fit into the socket, as something that Undertow writes before anything else. */
final class Remainder extends StreamSinkFrameChannel {
    /** A pong by name, because those alone need not wait for a close that another thread is about to send. */
    Remainder(WebSocketChannel channel) {
        super(channel, WebSocketFrameType.PONG);
    }

    /**
     * Puts it in front of all frames that wait; the caller holds the lock of the channel, so none is taken out meanwhile.
     *
     * @param done told while Undertow holds its lock, so it must not write; also if the channel turns out to be closed
     * @throws IOException if the channel is closed; {@code done} may have been told
     */
    void queue(Deque<Object> frames, ByteBuffer bytes, Connection.Done done) throws IOException {
        WebSocketChannel channel = getWebSocketChannel();
        send(new Body(bytes, done));
        channel.setRequireExplicitFlush(true); // else it might be written before it stands in its place
        try {
            shutdownWrites();
            frames.remove(this);
            frames.addFirst(this);
        } finally {
            channel.setRequireExplicitFlush(false);
        }
        channel.flush();
    }

    /** Its header is out already. */
    @Override
    protected SendFrameHeader createFrameHeader() {
        return new SendFrameHeader(0, null);
    }

    /** Closed by Undertow when it is done with it, one way or the other. Confined to the lock of the channel. */
    private static final class Body implements PooledByteBuffer {
        private final ByteBuffer bytes;
        private final Connection.Done done;
        private boolean open = true;

        Body(ByteBuffer bytes, Connection.Done done) {
            this.bytes = bytes;
            this.done = done;
        }

        @Override
        public ByteBuffer getBuffer() {
            return bytes;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                done.written(!bytes.hasRemaining());
            }
        }

        @Override
        public boolean isOpen() {
            return open;
        }
    }
}
