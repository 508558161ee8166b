package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.CloseReason;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An annotated client on Tyrus, the reference implementation of Jakarta WebSocket, that keeps what it hears. */
@ClientEndpoint
public class TyrusClient implements AutoCloseable {
    private static final int SECONDS = 20;

    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private Session session;

    /** Opens a connection. */
    public static TyrusClient open(URI uri) throws DeploymentException, IOException {
        TyrusClient client = new TyrusClient();
        client.session = ContainerProvider.getWebSocketContainer().connectToServer(client, uri);
        return client;
    }

    public void say(String text) throws IOException {
        session.getBasicRemote().sendText(text);
    }

    public void say(byte[] data) throws IOException {
        session.getBasicRemote().sendBinary(ByteBuffer.wrap(data));
    }

    public void ping(byte[] data) throws IOException {
        session.getBasicRemote().sendPing(ByteBuffer.wrap(data));
    }

    public void leave(int code, String reason) throws IOException {
        session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
    }

    /** Returns the next text, binary message (as a {@code byte[]}) or pong (as a {@link ByteBuffer}). */
    public Object hear() throws InterruptedException {
        Object next = heard.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("a message within %d s", SECONDS).isNotNull();
        return next;
    }

    /** Returns why the connection was closed. */
    public CloseReason closed() throws InterruptedException, ExecutionException, TimeoutException {
        return closed.get(SECONDS, TimeUnit.SECONDS);
    }

    @OnMessage
    public void heard(String text) {
        heard.add(text);
    }

    @OnMessage
    public void heard(byte[] data) {
        heard.add(data);
    }

    @OnMessage
    public void heard(PongMessage pong) {
        heard.add(pong.getApplicationData());
    }

    @OnClose
    public void left(CloseReason reason) {
        closed.complete(reason);
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
