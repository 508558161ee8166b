package io.switchboard.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A container of our own in a child process, so that it can be killed and looked into.
 *
 * <p>It shares nothing with Arquillian's but the unpacked distribution. The WAR is deployed below {@code /switchboard}.
 */
public abstract class OwnServer implements AutoCloseable {
    /**
     * What to start.
     *
     * @param container its kind: payara, wildfly or tomee
     * @param home where it was unpacked
     * @param port where it listens; for TLS one above
     * @param war what it deploys
     * @param prefix command in front of the server's own
     * @param javaOptions options of its JVM
     * @param environment more variables for its process
     */
    public record Setup(
            String container,
            Path home,
            int port,
            Path war,
            List<String> prefix,
            List<String> javaOptions,
            Map<String, String> environment) {
        /** The container of the Maven profile, a thousand ports above Arquillian's, with the WAR exactly as built. */
        static Setup ofProfile(Map<String, String> environment) {
            return new Setup(
                    System.getProperty("container"),
                    Path.of(System.getProperty("container.home")),
                    Integer.getInteger("container.port") + 1_000,
                    Path.of(System.getProperty("war")),
                    List.of(),
                    List.of("-Xmx512m"),
                    environment);
        }

        /** The same with another WAR; its file must be called {@code switchboard.war}. */
        Setup serving(Path otherWar) {
            return new Setup(container, home, port, otherWar, prefix, javaOptions, environment);
        }

        int tlsPort() {
            return port + 1;
        }

        /** Beginning of a command that runs Java. */
        List<String> java() {
            List<String> command = new ArrayList<>(prefix);
            command.add(JAVA.resolve("java").toString());
            command.addAll(javaOptions);
            return command;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    private final Setup setup;
    private final Path folder;
    private final Process process;

    OwnServer(Setup setup, Path folder, List<String> command) throws IOException {
        this.setup = setup;
        this.folder = folder;
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile());
        builder.environment().putAll(setup.environment());
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts the container of the profile with the WAR in it, and waits until it serves. */
    static OwnServer start() throws IOException {
        return start(Setup.ofProfile(Map.of()));
    }

    /** Starts a container with the WAR in it, and waits until that serves {@code /status}. */
    public static OwnServer start(Setup setup) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(System.getProperty("basedir"), "target"), "own-server-");
        OwnServer server = switch (setup.container()) {
            case "payara" -> OwnPayara.start(setup, folder);
            case "wildfly" -> OwnWildFly.start(setup, folder);
            case "tomee" -> OwnTomEE.start(setup, folder);
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

    /** Where the WAR is served. */
    public final Site site() {
        return new Site("127.0.0.1", setup.port(), "/switchboard");
    }

    final int tlsPort() {
        return setup.tlsPort();
    }

    /** Id of its process. */
    public final long pid() {
        return process.pid();
    }

    /** Deploys the WAR and waits until it serves. */
    final void deploy() throws IOException {
        beginDeploy();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server has ended:\n" + String.join("\n", console()));
            }
            return site().serves();
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
        return !site().serves();
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
    public final List<String> diagnose(String... command) throws IOException {
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
}
