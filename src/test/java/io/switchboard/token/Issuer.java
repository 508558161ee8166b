package io.switchboard.token;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** An issuer on this machine who publishes keys, and can be made to misbehave. */
final class Issuer implements AutoCloseable {
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger strayRequests = new AtomicInteger();
    /** One permit for each response that has begun. */
    final Semaphore begun = new Semaphore(0);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile int status = 200;
    private volatile byte[] body = new byte[0];
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean headersFirst;

    Issuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/keys", this::answer);
        server.createContext("/other", this::stray);
        server.start();
    }

    JwksSource source() {
        return new JwksSource(uri("/keys"), Set.of(), JwksSource.USUAL_AGE);
    }

    void publish(String... jwks) {
        answerWith(200, "{\"keys\":[" + String.join(",", jwks) + "]}");
    }

    void answerWith(int newStatus, String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        status = newStatus;
    }

    /** Answers wait from now on, with or without having begun; the latch lets them go on. */
    CountDownLatch shutGate(boolean begin) {
        headersFirst = begin;
        gate = new CountDownLatch(1);
        return gate;
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    static String jwk(PublicKey key, String more) {
        try {
            String json = PublicJsonWebKey.Factory.newPublicJwk(key).toJson(OutputControlLevel.PUBLIC_ONLY);
            return json.substring(0, json.length() - 1) + (more.isEmpty() ? "" : "," + more) + "}";
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        CountDownLatch mine = gate;
        byte[] answer = body;
        try (exchange) {
            if (!headersFirst) {
                await(mine);
            }
            exchange.getResponseHeaders().add("Location", uri("/other").toString());
            exchange.sendResponseHeaders(status, answer.length);
            if (headersFirst) {
                exchange.getResponseBody().write(answer, 0, 1);
                exchange.getResponseBody().flush();
                begun.release();
                await(mine);
                return;
            }
            exchange.getResponseBody().write(answer);
        }
    }

    private void stray(HttpExchange exchange) throws IOException {
        try (exchange) {
            strayRequests.incrementAndGet();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
