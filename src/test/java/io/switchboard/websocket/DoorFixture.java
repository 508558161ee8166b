package io.switchboard.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.access.Caller;
import io.switchboard.boot.Wiring;
import io.switchboard.echo.EchoEndpoint;
import io.switchboard.it.FailingEndpoint;
import io.switchboard.pipe.PipeEndpoint;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.server.Server;

/** The annotated endpoints on a Tyrus server in this JVM, with real CDI: a container in a second. */
public final class DoorFixture implements AutoCloseable {
    private static final int SECONDS = 20;

    private static final Class<?>[] DOORS = {
        NativeEndpoint.class, EchoEndpoint.class, PipeEndpoint.class, FailingEndpoint.class
    };

    private final SeContainer cdi;
    private final Server server;

    public DoorFixture() throws Exception {
        this(AnyArrival.class);
    }

    /** One without anything that stands for the filter. */
    static DoorFixture withoutFilter() throws Exception {
        return new DoorFixture(Wiring.class);
    }

    private DoorFixture(Class<?> arrivals) throws Exception {
        cdi = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Wiring.class, arrivals)
                .addBeanClasses(DOORS)
                .initialize();
        server = new Server("127.0.0.1", -1, "/switchboard", Map.of(), Set.of(DOORS));
        server.start();
    }

    /** There is no servlet filter here that could see anybody arrive. */
    @Alternative
    @Priority(1)
    @ApplicationScoped
    public static class AnyArrival {
        @Produces
        @Singleton
        Arrivals arrivals() {
            return new Arrivals() {
                @Override
                Arrival get() {
                    return new Arrival(Caller.UNKNOWN, true, Optional.empty());
                }
            };
        }
    }

    /** Whatever of the core is injectable. */
    public <T> T bean(Class<T> type) {
        return cdi.select(type).get();
    }

    public Peer open(String path) throws Exception {
        Peer peer = new Peer();
        peer.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri(path), peer)
                .get(SECONDS, TimeUnit.SECONDS);
        return peer;
    }

    URI uri(String path) {
        return URI.create("ws://127.0.0.1:" + server.getPort() + "/switchboard" + path);
    }

    @Override
    public void close() {
        cdi.close();
        server.stop();
    }

    /** A client on the JDK's own WebSocket that keeps what it hears. */
    public static final class Peer implements WebSocket.Listener {
        private final LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private WebSocket socket;

        public Peer say(String message) throws Exception {
            socket.sendText(message, true).get(SECONDS, TimeUnit.SECONDS);
            return this;
        }

        public Peer say(byte[] message) throws Exception {
            socket.sendBinary(ByteBuffer.wrap(message), true).get(SECONDS, TimeUnit.SECONDS);
            return this;
        }

        public void leave(int code) throws Exception {
            socket.sendClose(code, "bye").get(SECONDS, TimeUnit.SECONDS);
        }

        /** The next text or bytes. */
        public Object hear() throws InterruptedException {
            Object next = heard.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("a message within %d s", SECONDS).isNotNull();
            return next;
        }

        /** The close code. */
        public int closed() throws Exception {
            return closed.get(SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            heard.add(bytes);
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete(1006);
        }
    }
}
