package io.switchboard.settings;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NamingException;

/**
 * The environment of the component ({@code java:comp/env}): {@code <env-entry>} in {@code web.xml}, or whatever a container
 * puts there. Keys stand in it as they are. Stateless.
 */
@SuppressWarnings("BanJNDI") // below java:comp/env, and only under names that are keys of ours
final class JndiSource implements SettingsSource {
    private static final String ENVIRONMENT = "java:comp/env";

    @Override
    public Optional<String> value(String key) {
        try {
            Object value = new InitialContext().lookup(ENVIRONMENT + "/" + key);
            return Optional.ofNullable(value).map(String::valueOf);
        } catch (NamingException e) {
            return Optional.empty(); // not there, or there is no such environment
        }
    }

    @Override
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        try {
            for (NameClassPair entry : Collections.list(new InitialContext().list(ENVIRONMENT))) {
                // Payara lists them with the whole path
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (name.startsWith(Key.PREFIX)) {
                    keys.add(name);
                }
            }
        } catch (NamingException e) {
            return Set.of();
        }
        return keys;
    }
}
