package io.switchboard.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A process that attacks a server: says {@code ready} once the attack is on, goes on until its input says something or ends,
 * then says what happened since. Arguments: an {@link Attack}, a port, a path.
 */
final class Attacker {
    /** Handshakes that were refused. */
    static final String REFUSED = "503/s";

    /** Sessions that were ended because of too many commands. */
    static final String ENDED = "3013/s";

    private final Attack attack;
    private final InetSocketAddress server;
    private final String path;
    private final Selector selector = Selector.open();
    private final Set<Intruder> intruders = new LinkedHashSet<>();
    private final byte[] buffer = new byte[1 << 20];
    private final Map<String, Long> counts = new TreeMap<>();
    private int underWay;
    private long readyAt;
    private double owed;

    private Attacker(Attack attack, int port, String path) throws IOException {
        this.attack = attack;
        server = new InetSocketAddress("127.0.0.1", port);
        this.path = path;
    }

    @SuppressWarnings("SystemOut") // this is how processes talk to the one that started them
    public static void main(String[] arguments) throws IOException {
        Attacker attacker = new Attacker(Attack.valueOf(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]);
        Thread listener = new Thread(() -> listen(System.in));
        listener.setDaemon(true);
        listener.start();
        attacker.run(listener);
        double seconds = (System.nanoTime() - attacker.readyAt) / 1e9;
        System.out.println(attacker.counts.entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue() / seconds)
                .collect(Collectors.joining(" ")));
    }

    /** Another connection; {@code half} if it shall not finish its request. */
    void open(boolean half) throws IOException {
        underWay++;
        Intruder intruder = new Intruder(this, server, attack.address, path, half);
        intruder.socket.register(selector, SelectionKey.OP_CONNECT, intruder);
        intruders.add(intruder);
    }

    /** How many connections there are. */
    int count() {
        return intruders.size();
    }

    /** The oldest of them. */
    Intruder first() {
        return intruders.iterator().next();
    }

    /** How many are still about to come in. */
    int underWay() {
        return underWay;
    }

    /** One of them has come in, or will not. */
    void settled() {
        underWay--;
    }

    void gone(Intruder intruder) {
        intruders.remove(intruder);
    }

    boolean isReady() {
        return readyAt > 0;
    }

    /** Says that the attack is on, and counts from now on. */
    @SuppressWarnings("SystemOut")
    void ready() {
        if (readyAt == 0) {
            readyAt = System.nanoTime();
            counts.clear();
            System.out.println("ready");
        }
    }

    /** Counts something that happened. */
    void count(String name, long more) {
        counts.merge(name, more, Long::sum);
    }

    long counted(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** How many of something are due after so many seconds more; of what was not done in time, only so many. */
    long due(double seconds, double perSecond, int most) {
        owed = Math.min(owed + seconds * perSecond, most);
        long due = (long) owed;
        owed -= due;
        return due;
    }

    private void run(Thread listener) throws IOException {
        long last = System.nanoTime();
        while (listener.isAlive()) {
            long now = System.nanoTime();
            attack.turn(this, (now - last) / 1e9);
            last = now;
            selector.select(key -> ((Intruder) key.attachment()).act(key, buffer), 1);
        }
    }

    private static void listen(InputStream in) {
        try {
            in.read();
        } catch (IOException e) {
            // that is an end, too
        }
    }
}
