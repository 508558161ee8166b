package io.switchboard.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Clients of one server, one of whom publishes. Confined to one thread, which does nothing else.
 *
 * <p>At a fixed rate each publication has an intended time of sending, and its latency counts from there: a server, or this
 * thread, that falls behind shows it. "As fast as it goes" means that a window of publications is on its way at any time.
 */
final class Generator implements AutoCloseable {
    private static final int PAYLOAD = 100;
    private static final int TOGETHER = 50; // handshakes under way at once
    private static final int BURST = 16;
    private static final long SPIN_MICROS = 1_500;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final InetSocketAddress server;
    private final Supplier<Talk> talks;
    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    private final byte[] buffer = new byte[1 << 20];
    private final Tally tally = new Tally();
    private final List<String> channels;
    private final int[] followers; // by channel
    private final long[] published; // by channel
    private final Client publisher;
    private int turn;
    private int settled;

    Generator(int port, Supplier<Talk> talks, int channels) throws IOException {
        server = new InetSocketAddress("127.0.0.1", port);
        this.talks = talks;
        this.channels = names(channels);
        followers = new int[channels];
        published = new long[channels];
        publisher = open(List.of());
        clients.add(publisher);
        settle();
    }

    /** What was measured of one run. */
    record Outcome(long published, long delivered, long wrong, double seconds, long[] micros) {
        /** Latency in microseconds: the median, 99 % and 99.9 %. */
        static final double[] PERCENTILES = {50, 99, 99.9};
    }

    /** Opens more clients; the function says which channels, by number, each of them follows. */
    void connect(int count, IntFunction<int[]> follows) throws IOException {
        open(count, TOGETHER, follows);
        idle(TimeUnit.SECONDS.toNanos(1)); // servers that do not say when a subscription is there need a moment
    }

    /** Opens all these clients at once; returns after how many seconds every one was there. */
    double storm(int count, IntFunction<int[]> follows) throws IOException {
        long start = micros();
        open(count, count, follows);
        return (micros() - start) / 1e6;
    }

    /** Opens a client that never reads what it follows. */
    Closeable connectDeaf(int channel) throws IOException {
        Client client = open(List.of(channels.get(channel)));
        while (!client.isReady()) {
            select(100);
        }
        client.socket.keyFor(selector).cancel();
        return client.socket;
    }

    /** Only answers heart-beats. */
    void idle(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - now)));
        }
    }

    /** Publishes at this rate per second for a while, all channels in turn, and waits until everything has arrived. */
    Outcome atRate(double rate, double seconds) throws IOException {
        long before = begin();
        long start = micros();
        long count = Math.round(rate * seconds);
        for (long i = 0; i < count; i++) {
            long due = start + (long) (i * 1e6 / rate);
            for (long wait = due - micros(); wait > 0; wait = due - micros()) {
                select(wait > SPIN_MICROS ? (wait - SPIN_MICROS / 2) / 1_000 : 0);
            }
            publish(due);
            select(0);
        }
        return finish(before, start);
    }

    /** Publishes as fast as it goes with this many publications on their way. */
    Outcome flatOut(int window, double seconds) throws IOException {
        long before = begin();
        long start = micros();
        long end = start + (long) (seconds * 1e6);
        long sent = 0;
        while (micros() < end) {
            for (int i = 0; i < BURST && expected(before) - tally.delivered < (long) window * followers[turn]; i++) {
                publish(micros());
                sent++;
            }
            select(sent == 0 ? 1 : 0);
        }
        return finish(before, start);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : List.copyOf(selector.keys())) {
            key.channel().close();
        }
        selector.close();
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("c" + i);
        }
        return List.copyOf(names);
    }

    private void open(int count, int together, IntFunction<int[]> follows) throws IOException {
        for (int i = 0; i < count; i++) {
            List<String> names = new ArrayList<>();
            for (int channel : follows.apply(i)) {
                names.add(channels.get(channel));
                followers[channel]++;
            }
            Client client = open(names);
            for (int channel = 0; channel < published.length; channel++) {
                client.expectAfter(channel, published[channel]);
            }
            clients.add(client);
            if (i % together == together - 1) {
                settle();
            }
        }
        settle();
    }

    private Client open(List<String> follows) throws IOException {
        Client client = new Client(server, talks.get(), follows, channels.size(), tally, PAYLOAD);
        client.socket.register(
                selector, client.socket.isConnected() ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, client);
        return client;
    }

    /** Waits until everybody has been set up. */
    private void settle() throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            while (settled < clients.size() && clients.get(settled).isReady()) {
                settled++;
            }
            if (settled == clients.size()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new IOException("only " + settled + " of " + clients.size() + " could connect");
            }
            select(100);
        }
    }

    private long begin() {
        tally.reset();
        return deliveries();
    }

    private long expected(long before) {
        return deliveries() - before;
    }

    /** Of everything ever published, to those who follow it now. */
    private long deliveries() {
        long sum = 0;
        for (int i = 0; i < published.length; i++) {
            sum += published[i] * followers[i];
        }
        return sum;
    }

    private void publish(long due) throws IOException {
        int channel = turn;
        turn = (turn + 1) % published.length;
        publisher.publish(channels.get(channel), Payload.of(channel, ++published[channel], due, PAYLOAD));
    }

    private Outcome finish(long before, long start) throws IOException {
        long expected = expected(before);
        long progress = tally.delivered;
        long since = System.nanoTime();
        while (tally.delivered < expected && System.nanoTime() - since < PATIENCE_NANOS) {
            publisher.flush();
            select(1);
            if (tally.delivered > progress) {
                progress = tally.delivered;
                since = System.nanoTime();
            }
        }
        double seconds = (micros() - start) / 1e6;
        long wrong = tally.missed + tally.repeated + Math.abs(expected - tally.delivered);
        long[] latency = new long[Outcome.PERCENTILES.length];
        for (int i = 0; i < latency.length; i++) {
            latency[i] = tally.latency.getValueAtPercentile(Outcome.PERCENTILES[i]);
        }
        return new Outcome(expected, tally.delivered, wrong, seconds, latency);
    }

    private void select(long millis) throws IOException {
        if (millis > 0) {
            selector.select(this::ready, millis);
        } else {
            selector.selectNow(this::ready);
        }
    }

    private void ready(SelectionKey key) {
        try {
            Client client = (Client) key.attachment();
            if (key.isConnectable()) {
                client.flush();
                key.interestOps(SelectionKey.OP_READ);
            } else {
                client.read(buffer, micros());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long micros() {
        return System.nanoTime() / 1_000;
    }
}
