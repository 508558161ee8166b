package io.switchboard.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** One connection of an {@link Attacker}; speaks the native protocol. Confined to its thread. */
final class Intruder {
    private static final int CLOSE = 8;
    private static final byte[] CONNECT = "{\"id\":1,\"connect\":{}}".getBytes(UTF_8);
    private static final byte[] BEAT = "{}".getBytes(UTF_8);

    final SocketChannel socket;
    private final Attacker attacker;
    private final byte[] request;
    private final boolean half;
    private byte[] kept = {};
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private boolean settled;
    private boolean upgraded;
    private boolean connected;

    Intruder(Attacker attacker, InetSocketAddress server, String from, String path, boolean half) throws IOException {
        this.attacker = attacker;
        this.half = half;
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\nUpgrade: websocket\r\n";
        String rest = "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        request = (half ? head : head + rest).getBytes(UTF_8);
        socket = SocketChannel.open();
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(server);
    }

    boolean isConnected() {
        return connected;
    }

    /** A frame of text, masked with zeros. */
    static ByteBuffer frame(byte[] text) {
        ByteBuffer frame = ByteBuffer.allocate(text.length + 6);
        return frame.put((byte) 0x81)
                .put((byte) (0x80 | text.length))
                .putInt(0)
                .put(text)
                .flip();
    }

    /** Sends a frame so many times, unless something still waits. */
    void repeat(ByteBuffer frame, int times) {
        if (!unsent.hasRemaining() && times > 0) {
            ByteBuffer all = ByteBuffer.allocate(frame.remaining() * times);
            for (int i = 0; i < times; i++) {
                all.put(frame.duplicate());
            }
            attacker.count("commands/s", times);
            send(all.flip());
        }
    }

    /** Does what its socket is ready for. */
    void act(SelectionKey key, byte[] buffer) {
        try {
            if (key.isConnectable()) {
                socket.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                attacker.count("connections/s", 1);
                send(ByteBuffer.wrap(request));
                if (half) {
                    settle();
                }
            } else {
                if (unsent.hasRemaining()) {
                    socket.write(unsent);
                }
                read(buffer);
            }
        } catch (IOException e) {
            leave("broken/s");
        }
    }

    private void read(byte[] buffer) throws IOException {
        System.arraycopy(kept, 0, buffer, 0, kept.length);
        int read = socket.read(ByteBuffer.wrap(buffer, kept.length, buffer.length - kept.length));
        if (read < 0) {
            leave("closed/s");
            return;
        }
        int limit = kept.length + read;
        int at = upgraded ? 0 : handshake(buffer, limit);
        for (int next = upgraded ? frame(buffer, at, limit) : at; next > at; next = frame(buffer, at, limit)) {
            at = next;
        }
        kept = Arrays.copyOfRange(buffer, at, limit);
    }

    private int handshake(byte[] buffer, int limit) {
        String head = new String(buffer, 0, limit, ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return 0;
        }
        String status = head.substring(9, 12);
        if (!status.equals("101")) {
            leave(status + "/s");
            return 0;
        }
        upgraded = true;
        send(frame(CONNECT));
        return end + 4;
    }

    private int frame(byte[] buffer, int at, int limit) {
        int length = limit - at < 2 ? 0 : buffer[at + 1] & 0x7f;
        int header = length == 127 ? 10 : length == 126 ? 4 : 2;
        if (limit - at < header) {
            return at;
        }
        if (header > 2) {
            length = 0; // the highest bytes of eight are 0
            for (int i = at + 2; i < at + header; i++) {
                length = length << 8 | buffer[i] & 0xff;
            }
        }
        int start = at + header;
        if (limit - start < length) {
            return at;
        }
        if ((buffer[at] & 0x0f) == CLOSE) {
            int code = length < 2 ? 0 : (buffer[start] & 0xff) << 8 | buffer[start + 1] & 0xff;
            leave(code + "/s");
        } else {
            heard(new String(buffer, start, length, ISO_8859_1));
        }
        return start + length;
    }

    private void heard(String text) {
        if (!connected) {
            connected = true;
            settle();
        } else if (text.equals("{}")) {
            send(frame(BEAT));
        } else {
            for (int i = text.indexOf("\"code\":111"); i >= 0; i = text.indexOf("\"code\":111", i + 1)) {
                attacker.count("111/s", 1);
            }
        }
    }

    private void send(ByteBuffer bytes) {
        try {
            socket.write(bytes);
            unsent = bytes;
        } catch (IOException e) {
            unsent = ByteBuffer.allocate(0); // reading tells what has happened
        }
    }

    private void leave(String why) {
        attacker.count(why, 1);
        settle();
        connected = false;
        attacker.gone(this);
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    private void settle() {
        if (!settled) {
            settled = true;
            attacker.settled();
        }
    }
}
