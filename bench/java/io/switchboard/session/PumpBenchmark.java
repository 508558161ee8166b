package io.switchboard.session;

import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.json.NativeCodec;
import io.switchboard.message.Disconnect;
import io.switchboard.quota.QuotaLimits;
import io.switchboard.quota.Quotas;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One publication, encoded already, to one session over a connection that goes nowhere. */
@State(Scope.Benchmark)
public class PumpBenchmark {
    private static final Codec CODEC = new NativeCodec();

    private final Sessions sessions = new Sessions(new Means(
            Limits.DEFAULT,
            new Quotas(QuotaLimits.NONE, System::nanoTime),
            System::nanoTime,
            () -> 0.5,
            new Counters(),
            Runnable::run,
            Runnable::run,
            Runnable::run));
    private final Client prompt = new Client(true);
    private final Client slow = new Client(false);
    private final Session promptSession = open(prompt);
    private final Session slowSession = open(slow);
    private final Source source = new Fresh();

    /** The container completes a write inside the call that starts it. */
    @Benchmark
    public long completedAtOnce() {
        return deliver(promptSession, prompt);
    }

    /** The container completes a write after the call that starts it, on the same thread. */
    @Benchmark
    public long completedLater() {
        return deliver(slowSession, slow);
    }

    private long deliver(Session session, Client client) {
        session.wake(source);
        client.complete();
        if (client.pinged) {
            client.pinged = false;
            session.ponged();
        }
        return client.bytes;
    }

    private Session open(Client client) {
        Session session = sessions.open(client, CODEC, Caller.UNKNOWN);
        session.connect(Identity.ANONYMOUS);
        return session;
    }

    /** Has the same publication again whenever it is asked. */
    private static final class Fresh extends Source {
        private final String push =
                "{\"push\":{\"channel\":\"a\",\"pub\":{\"data\":\"" + "x".repeat(98) + "\",\"offset\":12345}}}";
        private final Slice slice = new Slice(List.of(Frame.of(push)), push.length(), false);

        @Override
        protected Slice read() {
            return slice;
        }

        @Override
        public void end() {}
    }

    /** Counts what it is told, and answers pings between deliveries. */
    private static final class Client implements Connection {
        private static final Done NONE = ok -> {};

        private final boolean atOnce;
        private Done pending = NONE;
        private boolean pinged;
        private long bytes;

        Client(boolean atOnce) {
            this.atOnce = atOnce;
        }

        @Override
        public void write(Frame frame, Done done) {
            bytes += frame.size();
            pinged |= frame == CODEC.ping();
            if (atOnce) {
                done.written(true);
            } else {
                pending = done;
            }
        }

        @Override
        public void close(Disconnect why) {
            throw new IllegalStateException(why.toString());
        }

        /** Completes the write in flight, and those that follow from it. */
        void complete() {
            while (pending != NONE) {
                Done done = pending;
                pending = NONE;
                done.written(true);
            }
        }
    }
}
