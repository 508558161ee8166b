package io.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} names every key of the code with its default, and no other. */
class SettingsPageTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([^`]+)` \\| (?:`([^`]*)`|([^|]*)) \\|.*", Pattern.MULTILINE);

    @Test
    void pageAndCodeAgree() throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of(System.getProperty("basedir"), "docs/settings.md")));
        while (rows.find()) {
            written.put(rows.group(1), rows.group(2) == null ? "" : rows.group(2));
        }

        Map<String, String> known = new LinkedHashMap<>();
        for (Key key : Key.values()) {
            known.put(key.key(), key.fallback());
        }
        for (NamespaceKey key : NamespaceKey.values()) {
            known.put(key.key("<name>"), key.fallback());
        }
        assertThat(written).containsExactlyEntriesOf(known);
    }
}
