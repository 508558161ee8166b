package io.switchboard.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A proxy of the machine in a child process, in front of a site.
 *
 * <p>What it is told stands in a file of {@code src/test/proxies}, with the ports and paths that it would have on a server of
 * its own; here it gets others. The recipes among these files are the ones that {@code docs/proxies.md} shows.
 */
final class OwnProxy implements AutoCloseable {
    /** The programs, each with Debian's settings around the file. */
    enum Kind {
        NGINX("nginx.conf") {
            @Override
            List<String> command(Path folder, Path frame, Path recipe) {
                String log = folder.resolve("error.log").toString();
                return List.of(program("nginx"), "-p", folder.toString(), "-e", log, "-c", frame.toString());
            }
        },
        HTTPD("httpd.conf") {
            @Override
            List<String> command(Path folder, Path frame, Path recipe) {
                return List.of(program("apache2"), "-D", "FOREGROUND", "-f", frame.toString());
            }
        },
        HAPROXY("haproxy.cfg") {
            @Override
            String frame() throws IOException {
                String whole = Files.readString(Path.of("/etc/haproxy/haproxy.cfg"));
                return whole.substring(whole.indexOf("\ndefaults") + 1);
            }

            @Override
            List<String> command(Path folder, Path frame, Path recipe) {
                return List.of(program("haproxy"), "-db", "-f", frame.toString(), "-f", recipe.toString());
            }
        };

        private final String recipe;

        Kind(String recipe) {
            this.recipe = recipe;
        }

        /** The name of the file that the documentation recommends. */
        String recipe() {
            return recipe;
        }

        /** What Debian has around such a file. */
        String frame() throws IOException {
            return Files.readString(FILES.resolve(recipe.replace(".", "-frame.")));
        }

        abstract List<String> command(Path folder, Path frame, Path recipe);

        private static String program(String name) {
            return Program.find("/usr/sbin/" + name, name).path().toString();
        }
    }

    /** Where the files are. */
    static final Path FILES = Path.of(System.getProperty("basedir"), "src", "test", "proxies");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Seconds after which it ends if nobody else ends it. */
    private static final String BOUND = "600";

    private final Path folder;
    private final Site site;
    private final int tlsPort;
    private final Process process;

    private OwnProxy(Kind kind, String file, Site behind, Path folder) throws IOException {
        this.folder = folder;
        site = new Site("127.0.0.1", freePort(), behind.contextPath());
        tlsPort = freePort();
        Path recipe = Files.writeString(folder.resolve(file), ours(Files.readString(FILES.resolve(file)), behind));
        Path frame = Files.writeString(
                folder.resolve("frame"), ours(kind.frame().replace("@recipe@", recipe.toString()), behind));
        List<String> command =
                new ArrayList<>(List.of(Program.find("timeout").path().toString(), BOUND));
        command.addAll(kind.command(folder, frame, recipe));
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /** Starts one as the documentation recommends, and waits until the site serves through it. */
    static OwnProxy start(Kind kind, Site behind) throws IOException {
        return start(kind, kind.recipe(), behind);
    }

    /** Starts one with another file of the folder. */
    static OwnProxy start(Kind kind, String file, Site behind) throws IOException {
        Path target = Path.of(System.getProperty("basedir"), "target").toAbsolutePath();
        OwnProxy proxy = new OwnProxy(kind, file, behind, Files.createTempDirectory(target, "own-proxy-"));
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                if (!proxy.process.isAlive()) {
                    throw new IllegalStateException("the proxy has ended:\n" + proxy.log());
                }
                return proxy.site.serves();
            });
        } catch (RuntimeException e) {
            proxy.close();
            throw e;
        }
        return proxy;
    }

    /** The site, as its clients reach it. */
    Site site() {
        return site;
    }

    /** Where the recipes listen with TLS; they show {@link OwnCertificate}. */
    int tlsPort() {
        return tlsPort;
    }

    /** Asks it to end, as an operating system does, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String ours(String text, Site behind) {
        String pem = OwnCertificate.get().pem().toString();
        String address = site.host() + ":" + site.port();
        String tls = site.host() + ":" + tlsPort;
        return text.replace("127.0.0.1:8080", behind.host() + ":" + behind.port())
                .replace("listen 80;", "listen " + address + ";")
                .replace("listen 443 ssl;", "listen " + tls + " ssl;")
                .replace("bind :80\n", "bind " + address + "\n")
                .replace("bind :443 ", "bind " + tls + " ")
                .replace("/etc/ssl/private/site.pem", pem)
                .replace("@certificate@", pem)
                .replace("@address@", address)
                .replace("@tls@", tls)
                .replace("@folder@", folder.toString());
    }

    private String log() throws IOException {
        Path errors = folder.resolve("error.log");
        return Files.readString(folder.resolve("console.log")) + (Files.exists(errors) ? Files.readString(errors) : "");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
