package io.switchboard.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** MicroProfile Config, on containers that have it; on others this class must not be touched. */
final class MicroProfileSource implements SettingsSource {
    private final Config config = ConfigProvider.getConfig();

    /** The source, if this container has MicroProfile Config. */
    static Optional<SettingsSource> find() {
        try {
            return Optional.of(new MicroProfileSource());
        } catch (LinkageError | IllegalStateException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> value(String key) {
        return config.getOptionalValue(key, String.class);
    }

    @Override
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(Key.PREFIX) && !isVariable(name, System.getenv())) {
                keys.add(name);
            }
        }
        return keys;
    }

    /**
     * Whether a name is nothing but a variable of the environment, which WildFly also lists with a dot for each underscore:
     * {@code switchboard.namespaces.chat.history.size} is no key of ours, and we read the environment ourselves.
     */
    static boolean isVariable(String name, Map<String, String> environment) {
        String variable = SettingsSource.variable(name);
        return environment.containsKey(variable)
                && name.equals(variable.toLowerCase(Locale.ROOT).replace('_', '.'));
    }
}
