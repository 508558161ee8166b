package io.switchboard.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client of the native protocol that reads only when it is told to, and answers pings only then.
 *
 * <p>Reads wait twenty seconds at most. One thread may use it at a time.
 */
final class NativeClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MASK = 0x12345678;
    private static final Pattern NUMBER = Pattern.compile("\"data\":\\{\"n\":(\\d+),");

    private final Socket socket;
    private final DataInputStream in;
    private final Deque<String> lines = new ArrayDeque<>();
    private volatile long bytes;
    private int pongs;

    private NativeClient(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Connects with a receive buffer of about this many bytes, and subscribes to the channel. */
    static NativeClient subscribed(Site site, String channel, int receiveBuffer) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        URI uri = site.ws("/connection/websocket");
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE_MILLIS);
        var client = new NativeClient(socket);
        client.handshake(uri);
        client.say("{\"id\":1,\"connect\":{}}");
        client.expect("\"connect\":");
        client.subscribe(channel);
        return client;
    }

    /** Subscribes, or does so again. */
    void subscribe(String channel) throws IOException {
        say("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
        expect("\"id\":2,\"subscribe\":");
    }

    /** Waits for the next reply or push, and answers the pings before it. */
    String hear() throws IOException {
        while (true) {
            while (lines.isEmpty()) {
                lines.addAll(message().lines().toList());
            }
            String line = lines.removeFirst();
            if (!line.equals("{}")) {
                return line;
            }
            say("{}");
        }
    }

    /** The number in a publication of a series of the {@link ProbeServlet}; empty if this is no publication. */
    static Optional<Integer> number(String line) {
        Matcher matcher = NUMBER.matcher(line);
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** Sends a ping of the transport, which the container answers by itself. */
    void pingContainer() throws IOException {
        send(Frame.of(Frame.PING, "still there?").masked(MASK));
    }

    /** Pongs of the transport heard so far. */
    int pongs() {
        return pongs;
    }

    /** Bytes of all messages received so far, without frame headers. */
    long bytes() {
        return bytes;
    }

    /** Reads to the end of the connection, or to its close frame, as a client would that wakes up too late. */
    void drain() {
        try {
            while (true) {
                message();
            }
        } catch (IOException ended) {
            // as it must: by close frame, FIN or RST
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void handshake(URI uri) throws IOException {
        String request = "GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + RawWebSocket.KEY + "\r\n\r\n";
        send(request.getBytes(StandardCharsets.US_ASCII));
        Answer answer = Answer.read(in);
        if (answer.status() != 101) {
            throw new IOException("refused: " + answer);
        }
    }

    private void expect(String part) throws IOException {
        String line = hear();
        if (!line.contains(part)) {
            throw new IOException("expected " + part + " but heard " + line);
        }
    }

    private void say(String line) throws IOException {
        send(Frame.text(line).masked(MASK));
    }

    private void send(byte[] data) throws IOException {
        socket.getOutputStream().write(data);
        socket.getOutputStream().flush();
    }

    /** One message; Tomcat sends long ones in fragments. */
    private String message() throws IOException {
        var text = new ByteArrayOutputStream();
        Frame frame;
        do {
            frame = Frame.read(in);
            if (frame.opcode() == Frame.CLOSE) {
                throw new IOException("closed with " + frame.closeCode());
            }
            if (frame.opcode() == Frame.PONG) {
                pongs++;
            } else {
                text.writeBytes(frame.payload());
            }
        } while (!frame.fin() || frame.opcode() == Frame.PONG);
        bytes += text.size();
        return text.toString(StandardCharsets.UTF_8);
    }
}
