package io.switchboard.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A container of the test's own in a child process, so that it can be killed and looked into.
 *
 * <p>It is of the kind that the Maven profile names, shares nothing with Arquillian's but the unpacked distribution, and
 * listens a thousand ports above it. The WAR is deployed exactly as built, below {@code /switchboard}.
 */
abstract class OwnServer implements AutoCloseable {
    static final int PORT = Integer.getInteger("container.port") + 1_000;
    static final int TLS_PORT = PORT + 1;
    static final Path HOME = Path.of(System.getProperty("container.home"));
    static final Path WAR = Path.of(System.getProperty("war"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    private final Path folder;
    private final Process process;

    OwnServer(Path folder, List<String> command) throws IOException {
        this.folder = folder;
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts the container of the profile with the WAR in it, and waits until it serves. */
    static OwnServer start() throws IOException {
        Path folder = Files.createTempDirectory(Path.of(System.getProperty("basedir"), "target"), "own-server-");
        OwnServer server = switch (System.getProperty("container")) {
            case "payara" -> OwnPayara.start(folder);
            case "wildfly" -> OwnWildFly.start(folder);
            case "tomee" -> OwnTomEE.start(folder);
            default -> throw new IllegalStateException("no such container");
        };
        try {
            server.deploy();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    static Site site() {
        return new Site("127.0.0.1", PORT, "/switchboard");
    }

    /** Deploys the WAR and waits until it serves. */
    final void deploy() throws IOException {
        beginDeploy();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server has ended:\n" + String.join("\n", console()));
            }
            return serves();
        });
    }

    /** Undeploys it and waits until it is gone. */
    final void undeploy() throws IOException {
        beginUndeploy();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(this::isUndeployed);
    }

    abstract void beginDeploy() throws IOException;

    abstract void beginUndeploy() throws IOException;

    boolean isUndeployed() {
        return !serves();
    }

    /** Says a line to the process. */
    final void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Asks the process to end, as an operating system does, and does not wait. */
    final void terminate() {
        process.destroy();
    }

    final boolean canBeTerminated() {
        return process.supportsNormalTermination();
    }

    final boolean ended() throws InterruptedException {
        return process.waitFor(30, TimeUnit.SECONDS);
    }

    /** What the server has said so far. */
    final List<String> console() throws IOException {
        return Files.readAllLines(folder.resolve("console.log"));
    }

    /** Lines that the JDK's diagnostic tool answers about the process. */
    final List<String> diagnose(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                Program.find(JAVA.resolve("jcmd").toString()).path().toString(), String.valueOf(process.pid())));
        all.addAll(List.of(command));
        Process jcmd = new ProcessBuilder(all).redirectErrorStream(true).start();
        try (InputStream out = jcmd.getInputStream()) {
            return new String(out.readAllBytes(), UTF_8).lines().toList();
        }
    }

    @Override
    public final void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static String java() {
        return JAVA.resolve("java").toString();
    }

    /** Copies a folder and all that is in it. */
    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean serves() {
        try {
            var connection = (HttpURLConnection) site().http("/status").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            connection.setRequestProperty("Connection", "close");
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
