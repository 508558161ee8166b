package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The scripts of {@code src/test/js}, run by {@code node --test} against a site.
 *
 * <p>They run in a copy below {@code target}, because ES modules look for their packages only in folders above the
 * script. The site is in the environment variable {@code SWITCHBOARD_URL}, the project's folder in
 * {@code SWITCHBOARD_BASEDIR}, the page client as the WAR serves it in {@code SWITCHBOARD_CLIENT}.
 */
public final class NodeScripts {
    private static final Path BASE = Path.of(System.getProperty("basedir")).toAbsolutePath();
    private static final Path SOURCE = BASE.resolve("src/test/js");
    private static final Path COPY = BASE.resolve("target/js");
    private static final Path CLIENT = BASE.resolve("target/switchboard/js");
    private static final int MINUTES = 5;

    private NodeScripts() {}

    /** Runs one script and passes if all its tests pass. */
    public static void run(String file, Site site) throws IOException, InterruptedException {
        run(file, site, Map.of());
    }

    /** Runs one script with more variables in its environment. */
    static void run(String file, Site site, Map<String, String> environment) throws IOException, InterruptedException {
        String node = Program.find("node").path().toString();
        String npm = Program.find("npm").path().toString();
        if (copy()) {
            execute(site, Map.of(), COPY.resolve("npm.log"), npm, "ci", "--no-audit", "--no-fund");
        }
        Path log = COPY.resolve(file.replace('/', '-') + String.join("", environment.values()) + ".log");
        execute(site, environment, log, node, "--test", COPY.resolve(file).toString());
    }

    /** Brings the copy up to date and says whether its packages have to be installed. */
    private static boolean copy() throws IOException {
        Path lock = COPY.resolve("package-lock.json");
        boolean installed = Files.exists(COPY.resolve("node_modules/.package-lock.json"))
                && Files.exists(lock)
                && Files.mismatch(lock, SOURCE.resolve("package-lock.json")) == -1;
        for (Path from : sources()) {
            Path to = COPY.resolve(SOURCE.relativize(from).toString());
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
        return !installed;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCE)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !SOURCE.relativize(path).startsWith("node_modules"))
                    .toList();
        }
    }

    private static void execute(Site site, Map<String, String> environment, Path log, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(COPY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("SWITCHBOARD_URL", site.http("").toString());
        builder.environment().put("SWITCHBOARD_BASEDIR", BASE.toString());
        builder.environment().put("SWITCHBOARD_CLIENT", CLIENT.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                fail("not done after %d minutes: %s%n%s", MINUTES, String.join(" ", command), Files.readString(log));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(() -> String.join(" ", command) + "\n" + contents(log))
                .isZero();
    }

    private static String contents(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no output: " + e;
        }
    }
}
