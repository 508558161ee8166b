package io.switchboard.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page loads stays small: minified as it is served, and compressed as a proxy would. */
class ClientSizeTest {
    private static final Path CLIENT = Path.of(System.getProperty("basedir"), "target/client/js");
    private static final int KIB = 1024;

    @ParameterizedTest
    @CsvSource({"switchboard.js, 5120", "switchboard.elements.js, 2560", "switchboard.tabs.js, 2048"})
    void whatAPageLoadsIsSmall(String file, int limit) throws IOException {
        byte[] script = Files.readAllBytes(CLIENT.resolve(file));

        assertThat(compressed(script)).as("%s: %d bytes", file, script.length).isBetween(KIB, limit);
    }

    private static int compressed(byte[] bytes) throws IOException {
        var result = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(result) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(bytes);
        }
        return result.size();
    }
}
