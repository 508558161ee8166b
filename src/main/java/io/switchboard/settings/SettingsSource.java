package io.switchboard.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** A place where settings can stand. */
public interface SettingsSource {
    /** What stands there under a key. */
    Optional<String> value(String key);

    /** The keys of ours that stand there. */
    Set<String> keys();

    /** Whether the names of namespaces in its keys are only guessed, since it cannot spell them. */
    default boolean guesses() {
        return false;
    }

    /** Keys and values, such as those of a file or of the system properties. */
    static SettingsSource of(Properties properties) {
        return new SettingsSource() {
            @Override
            public Optional<String> value(String key) {
                return Optional.ofNullable(properties.getProperty(key));
            }

            @Override
            public Set<String> keys() {
                Set<String> keys = new TreeSet<>(properties.stringPropertyNames());
                keys.removeIf(key -> !key.startsWith(Key.PREFIX));
                return keys;
            }
        };
    }

    /** Environment variables: a key in capitals, with {@code _} for every other character. */
    static SettingsSource ofEnvironment(Map<String, String> environment) {
        return new SettingsSource() {
            @Override
            public Optional<String> value(String key) {
                return Optional.ofNullable(environment.get(variable(key)));
            }

            @Override
            public boolean guesses() {
                return true;
            }

            @Override
            public Set<String> keys() {
                Set<String> keys = new TreeSet<>();
                for (String variable : environment.keySet()) {
                    for (NamespaceKey option : NamespaceKey.values()) {
                        namespace(variable, option).ifPresent(name -> keys.add(option.key(name)));
                    }
                }
                return keys;
            }
        };
    }

    /** The environment variable that stands for a key. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The namespace whose option this variable sets; a name in capitals stands for the one in small letters. */
    private static Optional<String> namespace(String variable, NamespaceKey option) {
        String head = variable(NamespaceKey.PREFIX);
        String tail = "_" + variable(option.option());
        boolean fits = variable.startsWith(head)
                && variable.endsWith(tail)
                && variable.length() > head.length() + tail.length();
        if (!fits) {
            return Optional.empty();
        }
        String name = variable.substring(head.length(), variable.length() - tail.length());
        return Optional.of(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
