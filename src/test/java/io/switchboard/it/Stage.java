package io.switchboard.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The namespaces that the tests play in, as lines of {@code switchboard.properties}, and fresh channels in them. */
final class Stage {
    /** Settings under which nobody is told that he asks too much at once. */
    static final String[] UNHURRIED = {
        "switchboard.commands-per-session=1000000", "switchboard.bytes-per-session=1000MiB"
    };

    private static final AtomicInteger CHANNELS = new AtomicInteger();

    private Stage() {}

    /**
     * The lines of all namespaces. Everybody may do everything in {@code big} (long history), {@code small} (three
     * publications), {@code last} (only the latest value) and {@code plain} (nothing is kept); nobody may do anything in
     * {@code closed}; in {@code staff} only who is signed in may listen, and only the role {@code writer} may publish.
     */
    static List<String> lines(String... more) {
        List<String> lines = new ArrayList<>(List.of(more));
        lines.addAll(UNLIMITED);
        open(lines, "big", "history-size=1000", "presence=true", "join-leave=true");
        open(lines, "small", "history-size=3");
        open(lines, "last", "history-size=1", "recovery=cache");
        open(lines, "plain");
        set(lines, "closed", "history-size=10", "presence=true");
        set(lines, "staff", "subscribe=signed-in", "publish=role:writer", "presence=true", "members=signed-in");
        set(lines, "staff", "join-leave=true");
        return lines;
    }

    /** Nobody is held back: the limits have tests of their own. */
    static final List<String> UNLIMITED = List.of(
            "switchboard.commands-per-session=0",
            "switchboard.commands-per-user=0",
            "switchboard.commands-per-address=0",
            "switchboard.bytes-per-session=0",
            "switchboard.bytes-per-user=0",
            "switchboard.bytes-per-address=0",
            "switchboard.new-channels=0");

    /** A channel that no other test uses. */
    static String fresh(String namespace) {
        return namespace + ":" + CHANNELS.incrementAndGet();
    }

    private static void open(List<String> lines, String namespace, String... options) {
        set(lines, namespace, "subscribe=anyone", "publish=anyone", "history=anyone", "members=anyone");
        set(lines, namespace, options);
    }

    private static void set(List<String> lines, String namespace, String... options) {
        for (String option : options) {
            lines.add("switchboard.namespaces." + namespace + "." + option);
        }
    }
}
