package io.switchboard.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files and packages stay small enough to be read at once. */
class SizeTest {
    private static final Path BASE = Path.of(System.getProperty("basedir"));
    private static final int MAX_LINES = 300;
    private static final int MEDIAN_LINES = 80;
    private static final int MAX_FILES = 15;

    @Test
    void noFileIsLongerThan300Lines() throws IOException {
        for (String folder : List.of("src/main/java", "src/test/java", "src/test/js", "webapp")) {
            assertThat(files(folder, ".java", ".js", ".mjs"))
                    .allSatisfy(
                            file -> assertThat(lines(file)).as(file.toString()).isLessThanOrEqualTo(MAX_LINES));
        }
    }

    @Test
    void halfOfTheFilesHaveFewerThan80Lines() throws IOException {
        List<Integer> sizes = files("src/main/java", ".java").stream()
                .map(SizeTest::lines)
                .sorted()
                .toList();

        assertThat(sizes.get(sizes.size() / 2)).isLessThan(MEDIAN_LINES);
    }

    @Test
    void noPackageHasMoreThan15FilesAndEachSaysWhatItIs() throws IOException {
        Map<Path, List<Path>> packages =
                files("src/main/java", ".java").stream().collect(Collectors.groupingBy(Path::getParent));

        assertThat(packages).hasSizeGreaterThan(5).allSatisfy((folder, files) -> {
            assertThat(files).hasSizeLessThanOrEqualTo(MAX_FILES + 1);
            assertThat(folder.resolve("package-info.java")).exists();
        });
    }

    private static List<Path> files(String folder, String... endings) throws IOException {
        try (Stream<Path> all = Files.walk(BASE.resolve(folder))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("node_modules"))
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .toList();
        }
    }

    private static int lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return (int) lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
