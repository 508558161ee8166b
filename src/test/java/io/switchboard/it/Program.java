package io.switchboard.it;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of the machine that a test needs and the build does not bring. */
public record Program(Path path) {

    /**
     * Returns the first of these names, or absolute paths, that can be run. If there is none the test is skipped, loudly;
     * with {@code CI=true} in the environment it fails.
     */
    public static Program find(String... names) {
        Stream<Path> candidates = Arrays.stream(names).flatMap(Program::places);
        return new Program(candidates
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> missing(String.join(" or ", names))));
    }

    private static Stream<Path> places(String name) {
        if (Path.of(name).isAbsolute()) {
            return Stream.of(Path.of(name));
        }
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name));
    }

    private static Path missing(String names) {
        String message = "this machine has no " + names;
        if ("true".equals(System.getenv("CI"))) {
            return fail(message + ", and CI=true allows no skipping");
        }
        System.getLogger(Program.class.getName()).log(System.Logger.Level.WARNING, "SKIPPED: " + message);
        return Assumptions.abort(message);
    }
}
