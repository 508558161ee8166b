package io.switchboard.bench;

import io.switchboard.it.OwnServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Everything that is measured, in the order of the tables. */
final class Peers {
    private static final int PORT = 29_080;
    private static final String ROOT = "/switchboard";
    private static final String SERVER_CORE = "0";
    private static final Map<String, String> HOMES = Map.of(
            "tomee", "bench.tomee",
            "wildfly", "bench.wildfly");

    private final Path base = Path.of(System.getProperty("basedir"));
    private final Path target = base.resolve("target");
    private final Path peers = base.resolve("bench").resolve("peers");

    /** All of them. */
    List<Peer> all() {
        List<Peer> all = new ArrayList<>();
        for (String container : List.of("tomee", "wildfly", "payara")) {
            all.add(switchboard(container));
        }
        for (String container : List.of("tomee", "wildfly", "payara")) {
            all.add(contained(
                    "loop-" + container, container, Peer.SENDS_EACH, () -> new PlainTalk(ROOT + "/plain"), this::loop));
        }
        all.add(plain("c-join", Peer.JOINS, List.of(floor(), String.valueOf(PORT), "join")));
        all.add(plain("c-write", Peer.SENDS_EACH, List.of(floor(), String.valueOf(PORT), "write")));
        all.add(plain("bun", Peer.JOINS, script("bun", "node_modules/.bin/bun")));
        all.add(plain("ws", Peer.SENDS_EACH, script("ws", "node")));
        all.add(child("socket.io", Peer.SENDS_EACH, SocketIoTalk::new, script("socketio", "node")));
        all.add(child(
                "spring-stomp",
                Peer.SENDS_EACH,
                StompTalk::new,
                jar("stomp", "--server.port=" + PORT, "--server.address=127.0.0.1")));
        all.add(child("cometd", Peer.SENDS_EACH, BayeuxTalk::new, jar("cometd", String.valueOf(PORT))));
        return all;
    }

    private Peer switchboard(String container) {
        Supplier<Talk> talks = () -> new NativeTalk(ROOT + "/connection/websocket", NativeTalk.FULL);
        return contained(container, container, Peer.JOINS, talks, () -> target.resolve("switchboard.war"));
    }

    /** Payara Micro as people start it; loaded as a library, its class loaders are several times slower. */
    private Child payara(Path war, Map<String, String> limits) throws IOException {
        Path folder = Files.createDirectories(target.resolve("bench"));
        Path commands = Files.writeString(
                folder.resolve("payara.txt"),
                "set configs.config.server-config.network-config.network-listeners.network-listener."
                        + "http-listener.address=127.0.0.1\n");
        List<String> command = new ArrayList<>(pinned());
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(javaOptions());
        command.addAll(List.of("-jar", System.getProperty("bench.payara") + "/payara-micro.jar", "--nohazelcast"));
        command.addAll(List.of("--port", String.valueOf(PORT), "--prebootcommandfile", commands.toString()));
        command.addAll(List.of("--deploy", war.toString(), "--contextroot", ROOT.substring(1)));
        return Child.start(
                folder, folder.resolve("payara.log"), PORT, Optional.of(ROOT + "/status"), command, settings(limits));
    }

    private Peer contained(String name, String container, int window, Supplier<Talk> talks, Archive war) {
        if (container.equals("payara")) {
            return new Peer(name, PORT, window, talks, limits -> payara(war.file(), limits));
        }
        return new Peer(
                name,
                PORT,
                window,
                talks,
                limits -> new Contained(OwnServer.start(new OwnServer.Setup(
                        container,
                        Path.of(System.getProperty(HOMES.get(container))),
                        PORT,
                        war.file(),
                        pinned(),
                        javaOptions(),
                        settings(limits)))));
    }

    private interface Archive {
        Path file() throws IOException;
    }

    /** The hand-written loop as an application of its own. */
    private Path loop() throws IOException {
        Path file = target.resolve("bench").resolve("switchboard.war");
        Files.createDirectories(file.getParent());
        WebArchive archive = ShrinkWrap.create(WebArchive.class)
                .addClass(peers.LoopEndpoint.class)
                .addAsWebResource(new StringAsset("up"), "status");
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    private Peer plain(String name, int window, List<String> command) {
        return child(name, window, () -> new PlainTalk("/plain"), command);
    }

    private Peer child(String name, int window, Supplier<Talk> talks, List<String> command) {
        List<String> pinned = new ArrayList<>(pinned());
        pinned.addAll(command);
        Path log = target.resolve("bench").resolve(name + ".log");
        return new Peer(
                name, PORT, window, talks, limits -> Child.start(peers, log, PORT, Optional.empty(), pinned, Map.of()));
    }

    private String floor() {
        return peers.resolve("floor").resolve("floor").toString();
    }

    private List<String> script(String folder, String program) {
        Path home = peers.resolve(folder);
        String runs = program.contains("/") ? home.resolve(program).toString() : program;
        return List.of(runs, home.resolve("server.js").toString(), String.valueOf(PORT));
    }

    private List<String> jar(String folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(javaOptions());
        Path jar = peers.resolve(folder).resolve("target").resolve(folder + ".jar");
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> pinned() {
        return List.of("taskset", "-c", SERVER_CORE);
    }

    private static List<String> javaOptions() {
        List<String> options = new ArrayList<>(List.of("-Xmx1g"));
        String more = System.getProperty("bench.java", "");
        if (!more.isBlank()) {
            options.addAll(List.of(more.split(" ")));
        }
        return options;
    }

    private static Map<String, String> settings(Map<String, String> limits) {
        String prefix = "SWITCHBOARD_NAMESPACES_";
        Map<String, String> settings = new TreeMap<>(limits);
        settings.put(prefix + "PLAIN_SUBSCRIBE", "anyone");
        settings.put(prefix + "PLAIN_PUBLISH", "anyone");
        settings.put(prefix + "FULL_SUBSCRIBE", "anyone");
        settings.put(prefix + "FULL_PUBLISH", "anyone");
        settings.put(prefix + "FULL_HISTORY_SIZE", "10000");
        settings.put(prefix + "FULL_HISTORY_TTL", "1m");
        settings.put(prefix + "FULL_PRESENCE", "true");
        settings.put(prefix + "FULL_MEMBERS", "anyone");
        return settings;
    }
}
