package io.switchboard.settings;

import io.switchboard.channel.Namespace;
import io.switchboard.channel.Namespaces;
import io.switchboard.channel.OnLag;
import io.switchboard.channel.Recovery;
import io.switchboard.channel.Rule;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Makes namespaces of settings. */
public final class NamespaceSettings {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Settings settings;

    /** Reads from these settings. */
    public NamespaceSettings(Settings settings) {
        this.settings = settings;
    }

    /** All namespaces that are set, and the demo's unless demos are off. */
    public Namespaces read() {
        Set<String> names = new TreeSet<>(settings.namespaces());
        if (settings.demos()) {
            names.add(NamespaceKey.DEMO);
        }
        return new Namespaces(names.stream().map(this::namespace).toList());
    }

    private Namespace namespace(String name) {
        try {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("the name of a namespace is 1 to 64 letters, digits, _ or -");
            }
            int size = read(name, NamespaceKey.HISTORY_SIZE, Values::natural);
            Duration ttl = read(name, NamespaceKey.HISTORY_TTL, Values::duration);
            boolean remembers = size > 0 && !ttl.isZero();
            return new Namespace(
                    name,
                    size,
                    ttl,
                    read(name, NamespaceKey.PRESENCE, Values::bool),
                    read(name, NamespaceKey.JOIN_LEAVE, Values::bool),
                    read(name, NamespaceKey.RECOVERY, text -> recovery(text, remembers)),
                    read(name, NamespaceKey.SUBSCRIBE, Rule::parse),
                    read(name, NamespaceKey.PUBLISH, Rule::parse),
                    read(name, NamespaceKey.HISTORY, Rule::parse),
                    read(name, NamespaceKey.MEMBERS, Rule::parse),
                    read(name, NamespaceKey.ON_LAG, NamespaceSettings::onLag));
        } catch (IllegalArgumentException e) {
            throw SettingsFault.in(NamespaceKey.PREFIX + name, e);
        }
    }

    private <T> T read(String namespace, NamespaceKey key, Function<String, T> parse) {
        Optional<String> value = settings.value(key.key(namespace));
        boolean demo = settings.demos() && namespace.equals(NamespaceKey.DEMO);
        try {
            return parse.apply(value.orElse(demo ? key.demo() : key.fallback()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key.option() + " " + e.getMessage(), e);
        }
    }

    private static Recovery recovery(String text, boolean remembers) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> remembers ? Recovery.STREAM : Recovery.OFF;
            case "stream" -> Recovery.STREAM;
            case "cache" -> Recovery.CACHE;
            case "off" -> Recovery.OFF;
            default -> throw new IllegalArgumentException("must be stream, cache or off, is '" + text + "'");
        };
    }

    private static OnLag onLag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "resubscribe" -> OnLag.RESUBSCRIBE;
            case "skip" -> OnLag.SKIP;
            case "latest" -> OnLag.LATEST;
            default -> throw new IllegalArgumentException("must be resubscribe, skip or latest, is '" + text + "'");
        };
    }
}
