package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Somebody in a channel who is to notice nothing of what others do to the server, and who knows how many sessions had been
 * closed when he came.
 */
final class Bystander implements AutoCloseable {
    private static final String CLOSED = "sessions.closed.";

    private final Site site;
    private final Probe probe;
    private final String channel = fresh("big");
    private final LiveClient client;
    private final Map<String, Integer> closedBefore;

    /** Waits until nobody is there, and comes. */
    Bystander(Site site) {
        this.site = site;
        probe = new Probe(site);
        await().until(() -> probe.sessions() == 0);
        client = LiveClient.connect(site);
        client.subscribe(channel);
        closedBefore = closed();
    }

    Site site() {
        return site;
    }

    Probe probe() {
        return probe;
    }

    String channel() {
        return channel;
    }

    /** The next publication in his channel. */
    String hears() {
        return client.heard(channel);
    }

    /** A socket at the native door that has said nothing yet. */
    RawWebSocket open(String... headers) throws IOException {
        return RawWebSocket.open(site.ws(LiveClient.PATH), headers);
    }

    /** A socket at the native door whose connect was answered. */
    RawWebSocket connect() throws IOException {
        RawWebSocket socket = open();
        socket.send(Frame.text(Nonsense.CONNECT));
        socket.receiveMessage(); // a container that closes while we write would be counted as a write error
        return socket;
    }

    /** Does it, and returns the close code. */
    int endAfter(Mischief mischief) throws IOException {
        try (var socket = connect()) {
            for (byte[] packet : mischief.packets()) {
                socket.sendBytes(packet);
            }
            return end(socket);
        } catch (SocketException cutWhileSending) {
            return 1006;
        }
    }

    /** The close code; 1006 if there is none. */
    static int end(RawWebSocket socket) throws IOException {
        try {
            return socket.receiveClose();
        } catch (EOFException | SocketException cut) {
            return 1006;
        }
    }

    /** Exactly one session was closed since he came, with this code. */
    void assertCounted(int code) {
        await().untilAsserted(() -> assertThat(closed()).isNotEqualTo(closedBefore));
        Map<String, Integer> expected = new TreeMap<>(closedBefore);
        expected.merge(CLOSED + code, 1, Integer::sum);
        assertThat(closed()).isEqualTo(expected);
    }

    /** He is the only one left, and hears what is said. */
    void assertUnharmed() {
        await().until(() -> probe.sessions() == 1);
        probe.ask("publish", "channel", channel, "data", "42");
        for (String heard = ""; !heard.equals("42"); ) {
            heard = hears();
        }
    }

    void awaitMembers(int count) {
        await().until(() -> probe.ask("presence", "channel", channel)
                        .getJsonArray("clients")
                        .size()
                == count);
    }

    /** What was said in his channel so far. */
    int publications() {
        return probe.ask("history", "channel", channel, "limit", 100)
                .getJsonArray("publications")
                .size();
    }

    @Override
    public void close() {
        client.close();
    }

    private Map<String, Integer> closed() {
        JsonObject counters = probe.ask("counters");
        return counters.keySet().stream()
                .filter(name -> name.startsWith(CLOSED))
                .collect(Collectors.toMap(Function.identity(), counters::getInt));
    }
}
