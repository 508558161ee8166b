package io.switchboard.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.function.Supplier;

/** What the fuzz tests have in common: how bytes become text, and what a text may cost. Stateless. */
final class Fuzzing {
    /** Of the thread's own time, so that a busy machine changes nothing. */
    private static final long NANOS_PER_64K = 50_000_000;

    private static final int SIZE_64K = 1 << 16;
    private static final int FREE_BYTES = 1 << 20;
    /** The fuzzer looks into each comparison, and uses a heap of its own for that. */
    private static final int BYTES_FACTOR = System.getenv("JAZZER_FUZZ") == null ? 1 : 16;

    private static final int TRIES = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Fuzzing() {}

    /** UTF-8 as far as it is some; each byte that is not becomes half of a surrogate pair. */
    static String text(byte[] bytes) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (result.isUnderflow()) {
                return out.flip().toString();
            }
            for (int i = result.length(); i > 0; i--) {
                int odd = in.get() & 0xff;
                out.put((char) ((odd < 0xc0 ? 0xdc00 : 0xd800) | odd));
            }
            decoder.reset();
        }
    }

    /**
     * Does something with a text, within 50 ms per 64 KiB and a heap in proportion. A virtual machine that is still
     * loading classes has several tries.
     *
     * @param bytes heap that a character may cost, on top of 1 MiB for all
     */
    static <T> T bounded(int length, int bytes, Supplier<T> work) {
        long mayTake = NANOS_PER_64K * Math.max(1, (length + SIZE_64K - 1) / SIZE_64K);
        long mayUse = FREE_BYTES + (long) BYTES_FACTOR * bytes * length;
        for (int tried = 1; ; tried++) {
            long start = THREADS.getCurrentThreadCpuTime();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            T result = work.get();
            long used = THREADS.getCurrentThreadAllocatedBytes() - before;
            long took = THREADS.getCurrentThreadCpuTime() - start;
            if (took <= mayTake && used <= mayUse) {
                return result;
            }
            if (tried == TRIES) {
                assertThat(took).as("nanoseconds for %d characters", length).isLessThanOrEqualTo(mayTake);
                assertThat(used).as("bytes for %d characters", length).isLessThanOrEqualTo(mayUse);
            }
        }
    }
}
