package io.switchboard.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The replies that came to a {@link LiveClient} and that nobody has taken yet. Every field is guarded by this. */
final class Inbox implements WebSocket.Listener {
    /** How a connection ended; 1006 if there was no close frame. */
    record End(int code, String reason) {}

    private final StringBuilder text = new StringBuilder();
    private final List<JsonObject> replies = new ArrayList<>();
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(true);
    private Optional<End> end = Optional.empty();
    private int frames;
    private boolean answersPings;

    Inbox(boolean answersPings) {
        this.answersPings = answersPings;
    }

    /** Sends behind what is being sent: the JDK refuses a second message before the first is out. */
    synchronized CompletableFuture<?> send(WebSocket socket, String message) {
        lastSend = lastSend.thenCompose(sent -> socket.sendText(message, true));
        return lastSend.copy();
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            frames++;
            text.toString().lines().map(Inbox::read).forEach(reply -> add(socket, reply));
            text.setLength(0);
            notifyAll();
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        finish(new End(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        finish(new End(1006, String.valueOf(failure)));
    }

    /** Answers every ping from now on. */
    synchronized void answerPings() {
        answersPings = true;
    }

    /** Frames that came so far. */
    synchronized int frames() {
        return frames;
    }

    /** Whether such a reply is here. */
    synchronized boolean has(Predicate<JsonObject> wanted) {
        return replies.stream().anyMatch(wanted);
    }

    /** Waits for such a reply and takes it out. */
    JsonObject take(Predicate<JsonObject> wanted) {
        return await(() -> {
            Optional<JsonObject> found = replies.stream().filter(wanted).findFirst();
            found.ifPresent(replies::remove);
            return found;
        });
    }

    /** Waits for the end of the connection. */
    End end() {
        return await(() -> end);
    }

    private void add(WebSocket socket, JsonObject reply) {
        replies.add(reply);
        if (reply.isEmpty() && answersPings) {
            send(socket, "{}");
        }
    }

    private synchronized void finish(End how) {
        end = end.or(() -> Optional.of(how));
        notifyAll();
    }

    private synchronized <T> T await(Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + LiveClient.PATIENCE.toNanos();
        while (true) {
            Optional<T> found = look.get();
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (found.isPresent()) {
                return found.get();
            } else if (left <= 0) {
                String here = replies.toString();
                throw new AssertionError("did not come; the end: " + end + ", here are "
                        + here.substring(0, Math.min(here.length(), 1_000)));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static JsonObject read(String line) {
        try (var reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }
}
