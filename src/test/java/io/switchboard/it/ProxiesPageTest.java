package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/proxies.md} shows the files that {@link ProxiesIT} tests. */
class ProxiesPageTest {
    @ParameterizedTest
    @EnumSource
    void pageShowsWhatIsTested(OwnProxy.Kind kind) throws IOException {
        String page = Files.readString(Path.of(System.getProperty("basedir"), "docs", "proxies.md"));
        String recipe = Files.readString(OwnProxy.FILES.resolve(kind.recipe()));

        assertThat(page).contains("\n" + recipe + "```\n");
    }
}
