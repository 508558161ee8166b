package io.switchboard.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A WebSocket client on a bare socket that sends whatever bytes a test asks for.
 *
 * <p>One thread may send while another receives. Reads wait ten seconds at most and then throw
 * {@link java.net.SocketTimeoutException}.
 */
public final class RawWebSocket implements AutoCloseable {
    /** The key of every handshake that does not choose its own. */
    public static final String KEY = "x3JJHMbDL1EzLkh9GBhXDw==";

    private static final int MASK = 0x12345678;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI uri;
    private final Socket socket;
    private final DataInputStream in;

    private RawWebSocket(URI uri, Socket socket) throws IOException {
        this.uri = uri;
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Connects the socket and says nothing yet. */
    public static RawWebSocket connect(URI uri) throws IOException {
        return connect(uri, new Socket());
    }

    /** The same from one of the machine's own addresses. */
    static RawWebSocket connectFrom(String address, URI uri) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        return connect(uri, socket);
    }

    private static RawWebSocket connect(URI uri, Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), (int) PATIENCE.toMillis());
        return new RawWebSocket(uri, socket);
    }

    /** Connects and shakes hands; anything but 101 is an exception. */
    public static RawWebSocket open(URI uri, String... headers) throws IOException {
        RawWebSocket client = connect(uri);
        Answer answer = client.handshake(KEY, headers);
        if (answer.status() != 101) {
            client.close();
            throw new IOException("handshake with " + uri + " refused: " + answer);
        }
        return client;
    }

    /** Asks for the upgrade with this key and further header lines, and reads the answer up to its empty line. */
    public Answer handshake(String key, String... headers) throws IOException {
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        List<String> lines = new ArrayList<>(List.of(
                "GET " + target + " HTTP/1.1",
                "Host: " + uri.getAuthority(),
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: " + key));
        lines.addAll(List.of(headers));
        sendBytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return answer();
    }

    /** Waits for an answer in HTTP, and reads it up to its empty line. */
    Answer answer() throws IOException {
        return Answer.read(in);
    }

    /** Sends a frame as a lawful client does. */
    public void send(Frame frame) throws IOException {
        sendBytes(frame.masked(MASK));
    }

    /** Sends bytes as they are, in one packet if TCP allows. */
    public void sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Waits for the next frame of any kind. */
    public Frame receive() throws IOException {
        return Frame.read(in);
    }

    /** Waits for the next message and returns it as one frame; Tomcat sends long texts in fragments of 8 KiB. */
    public Frame receiveMessage() throws IOException {
        Frame first = receive();
        var payload = new ByteArrayOutputStream();
        payload.writeBytes(first.payload());
        for (Frame last = first; !last.fin(); ) {
            last = receive();
            if (last.opcode() != Frame.CONTINUATION) {
                throw new IOException("opcode " + last.opcode() + " between the fragments of a message");
            }
            payload.writeBytes(last.payload());
        }
        return new Frame(true, first.rsv(), first.opcode(), payload.toByteArray());
    }

    /** Waits for a close frame, passing over anything before it, and returns its code. */
    public int receiveClose() throws IOException {
        for (Frame frame = receive(); ; frame = receive()) {
            if (frame.opcode() == Frame.CLOSE) {
                return frame.closeCode();
            }
        }
    }

    /**
     * Waits until the server ends the TCP connection, passing over anything before that. Tomcat does so only after its
     * close frame was answered: see {@link #receiveClose()}.
     */
    public void awaitEnd() throws IOException {
        try {
            while (in.read() >= 0) {
                continue;
            }
        } catch (EOFException | SocketException ended) {
            // A reset is an end too.
        }
    }

    /** Ends our direction of the TCP connection (FIN) without a close frame. */
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Cuts the TCP connection (RST) without a close frame. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
