package io.switchboard.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * One connection to a server under load. Confined to the generator's thread.
 *
 * <p>Frames are parsed (RFC 6455, section 5.2), messages are not: in what is longer than a heart-beat only the marks of
 * {@link Payload} are looked for, wherever fragments and reads happen to cut them.
 */
final class Client {
    private enum State {
        HANDSHAKE,
        SET_UP,
        READY
    }

    private static final int OPCODE = 0x0f;
    private static final int FIN = 0x80;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    final SocketChannel socket;
    private final Talk talk;
    private final List<String> channels;
    private final Tally tally;
    private final int payloadSize;
    private final long[] last; // by channel
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private State state = State.HANDSHAKE;
    private int step;
    private byte[] kept = {}; // of the last read: what could not be understood yet
    private byte[] cut = {}; // end of a fragment, perhaps the beginning of a mark
    private long left; // payload bytes of the current frame still to come
    private boolean fin;

    Client(InetSocketAddress server, Talk talk, List<String> channels, int allChannels, Tally tally, int payloadSize)
            throws IOException {
        this.talk = talk;
        this.channels = channels;
        this.tally = tally;
        this.payloadSize = payloadSize;
        last = new long[allChannels];
        socket = SocketChannel.open();
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.configureBlocking(false);
        socket.connect(server); // a server whose queue is full must not keep us from serving the others
        String protocol = talk.protocol()
                .map(name -> "Sec-WebSocket-Protocol: " + name + "\r\n")
                .orElse("");
        String request = "GET " + talk.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" + protocol
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        unsent.add(ByteBuffer.wrap(request.getBytes(UTF_8)));
        flush();
    }

    boolean isReady() {
        return state == State.READY;
    }

    /** Says that publications up to this number will not be waited for. */
    void expectAfter(int channel, long number) {
        last[channel] = number;
    }

    void publish(String channel, String payload) throws IOException {
        send(1, talk.publish(channel, payload).getBytes(UTF_8));
    }

    /** Whether everything said has been handed to the kernel. */
    boolean flush() throws IOException {
        if (!socket.finishConnect()) {
            return false;
        }
        while (!unsent.isEmpty()) {
            socket.write(unsent.getFirst());
            if (unsent.getFirst().hasRemaining()) {
                return false;
            }
            unsent.removeFirst();
        }
        return true;
    }

    /** Reads what is there; {@code buffer} is shared by all clients. */
    void read(byte[] buffer, long now) throws IOException {
        int room = Payload.MARK; // so that the end of a fragment can be put before the next one
        System.arraycopy(kept, 0, buffer, room, kept.length);
        ByteBuffer target = ByteBuffer.wrap(buffer, room + kept.length, buffer.length - room - kept.length);
        int read = socket.read(target);
        if (read < 0) {
            throw new IOException("the server has closed a connection");
        }
        int limit = room + kept.length + read;
        int consumed = parse(buffer, room, limit, now);
        kept = consumed == limit ? kept(kept) : Arrays.copyOfRange(buffer, consumed, limit);
    }

    private static byte[] kept(byte[] old) {
        return old.length == 0 ? old : new byte[0];
    }

    private int parse(byte[] buffer, int from, int limit, long now) throws IOException {
        int at = from;
        while (at < limit) {
            int next = state == State.HANDSHAKE
                    ? handshake(buffer, at, limit)
                    : left == 0 ? frame(buffer, at, limit, now) : payload(buffer, at, limit, now);
            if (next == at) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private int handshake(byte[] buffer, int at, int limit) throws IOException {
        String head = new String(buffer, at, limit - at, UTF_8);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return at;
        }
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + head.lines().findFirst().orElse(""));
        }
        state = State.SET_UP;
        if (!talk.serverBegins()) {
            proceed("");
        }
        return at + end + 4;
    }

    private void proceed(String answer) throws IOException {
        List<String> messages = talk.setUp(step, answer, channels);
        for (String message : messages) {
            send(1, message.getBytes(UTF_8));
        }
        if (messages.isEmpty() || !talk.answered(step++)) {
            state = State.READY;
        }
    }

    /** Reads a header, and the whole frame if that is short or belongs to the set-up. */
    private int frame(byte[] buffer, int at, int limit, long now) throws IOException {
        int header = 2;
        if (limit - at < header) {
            return at;
        }
        long length = buffer[at + 1] & 0x7f;
        if (length >= 126) {
            int bytes = length == 126 ? 2 : 8;
            if (limit - at < header + bytes) {
                return at;
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | buffer[at + header + i] & 0xff;
            }
            header += bytes;
        }
        int start = at + header;
        int opcode = buffer[at] & OPCODE;
        fin = (buffer[at] & FIN) != 0;
        boolean isShort = length < Payload.MARK && cut.length == 0 && fin;
        if (isShort || opcode >= CLOSE || state == State.SET_UP) {
            if (limit - start < length) {
                return at;
            }
            message(opcode, Arrays.copyOfRange(buffer, start, start + (int) length));
            return start + (int) length;
        }
        System.arraycopy(cut, 0, buffer, start - cut.length, cut.length);
        left = length + cut.length;
        start -= cut.length;
        cut = kept(cut);
        return left == 0 ? start : payload(buffer, start, limit, now);
    }

    private void message(int opcode, byte[] content) throws IOException {
        if (opcode == PING) {
            send(PONG, content);
        } else if (opcode == CLOSE) {
            throw new IOException("closed by the server: " + new String(content, UTF_8));
        } else if (state == State.SET_UP) {
            proceed(new String(content, UTF_8));
        } else {
            var answer = talk.answer(new String(content, UTF_8));
            if (answer.isPresent()) {
                send(1, answer.get().getBytes(UTF_8));
            }
        }
    }

    private int payload(byte[] buffer, int from, int limit, long now) {
        int end = (int) Math.min(limit, from + left);
        int at = from;
        while (at + Payload.MARK <= end) {
            if (Payload.marks(buffer, at)) {
                arrived(buffer, at, now);
                at = Math.min(end, at + payloadSize);
            } else {
                at++;
            }
        }
        if (end < from + left) {
            left -= at - from; // the rest of the frame comes with another read
            return at;
        }
        left = 0;
        cut = fin ? kept(cut) : Arrays.copyOfRange(buffer, at, end);
        return end;
    }

    private void arrived(byte[] buffer, int mark, long now) {
        int channel = Payload.channel(buffer, mark);
        long number = Payload.number(buffer, mark);
        tally.arrived(last[channel], number, now - Payload.micros(buffer, mark));
        last[channel] = Math.max(last[channel], number);
    }

    /** Masked with zeros, which is no mask but lets what is sent be built without touching it again. */
    private void send(int opcode, byte[] content) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(content.length + 14);
        frame.put((byte) (FIN | opcode));
        if (content.length < 126) {
            frame.put((byte) (0x80 | content.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) content.length);
        }
        frame.putInt(0).put(content).flip();
        unsent.add(frame);
        flush();
    }
}
