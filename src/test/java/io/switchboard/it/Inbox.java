package io.switchboard.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The replies that came to a {@link LiveClient} and that nobody has taken yet. Every field is guarded by this. */
final class Inbox {
    /** How a connection ended; 1006 if nothing was said about it. */
    record End(int code, String reason) {}

    private final List<JsonObject> replies = new ArrayList<>();
    private Optional<Line> line = Optional.empty();
    private Optional<End> end = Optional.empty();
    private int frames;
    private boolean answersPings;

    Inbox(boolean answersPings) {
        this.answersPings = answersPings;
    }

    /** Pings are answered through this line. */
    synchronized void answerThrough(Line answering) {
        line = Optional.of(answering);
    }

    /** Hears what came in one frame. */
    synchronized void hear(String frame) {
        frames++;
        frame.lines().map(Inbox::read).forEach(this::add);
        notifyAll();
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

    /** Whether the connection has ended. */
    synchronized boolean isOver() {
        return end.isPresent();
    }

    private void add(JsonObject reply) {
        replies.add(reply);
        if (reply.isEmpty() && answersPings) {
            line.ifPresent(answering -> answering.send("{}"));
        }
        JsonObject push = reply.getJsonObject("push");
        if (push != null && push.containsKey("disconnect")) {
            JsonObject how = push.getJsonObject("disconnect");
            finish(new End(how.getInt("code"), how.getString("reason")));
        }
    }

    /** The connection has ended; only the first word about it counts. */
    synchronized void finish(End how) {
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
            } else if (left <= 0 || isOver()) {
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

    static JsonObject read(String line) {
        try (var reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }
}
