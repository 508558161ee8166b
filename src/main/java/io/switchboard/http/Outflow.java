package io.switchboard.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import io.switchboard.session.Session;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes the body of an asynchronous answer piece by piece, without blocking. Thread-safe.
 *
 * <p>Whoever brings news takes it down as a turn; the one who finds no turn under way works until there is none left. So
 * never two threads are in the container's stream at once, and no lock of ours is held there.
 */
public final class Outflow implements WriteListener {
    private static final long END_MILLIS = 1_000;
    private static final int BROKEN = 1006;

    private record Piece(ByteBuffer bytes, Connection.Done done) {}

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final AtomicInteger turns = new AtomicInteger();
    private final Queue<Piece> waiting = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CompletableFuture<Boolean> broken = new CompletableFuture<>();
    private volatile boolean possible; // before the container says so it may still be busy with the request
    private volatile boolean ending;
    private volatile boolean failed;

    // what follows is confined to whoever has the turn
    private Connection.Done taken = ok -> {};
    private boolean unflushed;
    private boolean untold;

    private Outflow(AsyncContext async) {
        this.async = async;
        try {
            out = async.getResponse().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer of a request in asynchronous mode; its headers must be set, its status before anything is written. */
    public static Outflow open(AsyncContext async) {
        Outflow outflow = new Outflow(async);
        outflow.out.setWriteListener(outflow);
        return outflow;
    }

    /** An answer of this type that goes on for ever, with how it begins. */
    public static Outflow endless(AsyncContext async, String contentType, String beginning) {
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        response.setContentType(contentType);
        response.setHeader("X-Accel-Buffering", "no"); // nginx passes on what it gets
        Outflow outflow = open(async);
        outflow.write(beginning, ok -> {});
        return outflow;
    }

    /** A session is gone once the connection breaks; at once, if it has broken already. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    public void serve(Session session) {
        broken.thenRun(() -> session.gone(BROKEN));
    }

    /** Writes these bytes, of a buffer with an array, and flushes them. */
    public void write(ByteBuffer bytes, Connection.Done done) {
        waiting.add(new Piece(bytes, done));
        work();
    }

    /** Writes a text and flushes it. */
    public void write(String text, Connection.Done done) {
        write(ByteBuffer.wrap(text.getBytes(UTF_8)), done);
    }

    /** Ends the answer behind what was written. */
    public void end() {
        ending = true;
        work();
    }

    /** Ends the answer with these; waits for the client to take them, but not for long. */
    public void end(List<Frame> last) {
        last.forEach(frame -> write(((Frame.Text) frame).payload(), ok -> {}));
        end();
        try {
            if (!over.await(END_MILLIS, TimeUnit.MILLISECONDS)) {
                failed = true;
                work();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onWritePossible() {
        possible = true;
        work();
    }

    @Override
    public void onError(Throwable failure) {
        failed = true;
        work();
    }

    private void work() {
        int seen = turns.incrementAndGet();
        if (seen > 1) {
            return;
        }
        while (seen != 0) {
            try {
                turn();
            } catch (IOException | RuntimeException e) {
                failed = true;
            }
            if (failed && over.getCount() > 0) {
                giveUp();
            }
            if (over.getCount() == 0) {
                for (Piece late = waiting.poll(); late != null; late = waiting.poll()) {
                    late.done().written(false);
                }
            }
            seen = turns.addAndGet(-seen);
        }
    }

    private void turn() throws IOException {
        while (possible && over.getCount() > 0 && !failed && (unflushed || untold || ending || !waiting.isEmpty())) {
            if (!out.isReady()) {
                return;
            }
            if (unflushed) {
                unflushed = false;
                untold = true;
                out.flush();
            } else if (untold) {
                untold = false;
                taken.written(true);
            } else if (!waiting.isEmpty()) {
                Piece piece = waiting.remove();
                taken = piece.done();
                unflushed = true;
                ByteBuffer bytes = piece.bytes();
                out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            } else {
                over.countDown();
                async.complete();
            }
        }
    }

    private void giveUp() {
        over.countDown();
        if (unflushed || untold) {
            taken.written(false);
        }
        broken.complete(true);
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // the container has given it up already
        }
    }
}
