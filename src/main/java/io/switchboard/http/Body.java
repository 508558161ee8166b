package io.switchboard.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request without holding a thread while its sender takes his time. Thread-safe, as some containers tell of
 * the rest while the beginning is being read.
 */
final class Body implements ReadListener {
    /** Why there is no text: the status to answer with. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int status;

        Unfit(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private static final int CHUNK = 8_192;

    private final ServletInputStream in;
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<String> text = new CompletableFuture<>();

    private Body(ServletInputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /**
     * Begins to read the body of a request in asynchronous mode.
     *
     * @param limit most bytes that it may have
     */
    static Body read(HttpServletRequest request, int limit) throws IOException {
        Body body = new Body(request.getInputStream(), limit);
        long length = request.getContentLengthLong();
        if (length > limit) {
            body.fail(413, "too large");
        } else if (length >= 0 && body.in.available() >= length) {
            body.bytes.write(body.in.readNBytes((int) length)); // it is here already, and nobody has to wait
            body.onAllDataRead();
        } else {
            body.in.setReadListener(body);
            body.onDataAvailable(); // Payara tells of nothing before it was asked
        }
        return body;
    }

    /**
     * Tells of the text once all of it is here, or fails with {@link Unfit}: 413 for too many bytes, 400 for what is no UTF-8
     * or breaks off, 408 if it was given up.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // whoever is told must not throw
    void then(BiConsumer<@Nullable String, @Nullable Throwable> told) {
        text.whenComplete(told);
    }

    /** It took too long. */
    void giveUp() {
        fail(408, "too slow");
    }

    @Override
    public synchronized void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (!text.isDone() && in.isReady()) { // not until isFinished(), which on Payara means: arrived, read or not
            int count = in.read(chunk);
            if (count < 0) {
                break;
            }
            bytes.write(chunk, 0, count);
            if (bytes.size() > limit) {
                fail(413, "too large");
            }
        }
        if (in.isFinished() && in.available() <= 0) {
            onAllDataRead(); // Payara does not say so, if we have found out by ourselves
        }
    }

    @Override
    public synchronized void onAllDataRead() {
        try {
            text.complete(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            fail(400, "no UTF-8");
        }
    }

    @Override
    public void onError(Throwable failure) {
        fail(400, "broken off");
    }

    private void fail(int status, String why) {
        text.completeExceptionally(new Unfit(status, why));
    }
}
