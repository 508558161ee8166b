package io.switchboard.settings;

import io.switchboard.hub.TailLimits;
import io.switchboard.session.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The settings of this node; the first source that has a key decides. Immutable.
 *
 * <p>Every method throws a {@link SettingsFault} if a value is not what its key takes.
 */
public final class Settings {
    private static final String FILE = "switchboard.properties";

    private final List<SettingsSource> sources;

    /** Settings from these sources, the first one first. */
    public Settings(List<SettingsSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** MicroProfile Config where it is there, system properties, environment, JNDI, then the application's file. */
    public static Settings find() {
        List<SettingsSource> sources = new ArrayList<>();
        MicroProfileSource.find().ifPresent(sources::add);
        sources.add(SettingsSource.of(System.getProperties()));
        sources.add(SettingsSource.ofEnvironment(System.getenv()));
        sources.add(new JndiSource());
        sources.add(SettingsSource.of(file()));
        return new Settings(sources);
    }

    /** Whether the demo pages and their namespace are there. */
    public boolean demos() {
        return read(Key.DEMOS, Values::bool);
    }

    /** Whether frames may go past the WebSocket layer of containers that we know. */
    public boolean shortcuts() {
        return read(Key.SHORTCUTS, Values::bool);
    }

    /** Whether a token in the address of a handshake counts. */
    public boolean tokenInQuery() {
        return read(Key.TOKEN_IN_QUERY, Values::bool);
    }

    /** Threads that write to sessions. */
    public int fanOutThreads() {
        return read(Key.FAN_OUT_THREADS, Values::positive);
    }

    /** How long an idle channel keeps its epoch. */
    public Duration metaTtl() {
        return read(Key.META_TTL, Values::duration);
    }

    /** Bounds of every session. */
    public Limits limits() {
        try {
            return new Limits(
                    read(Key.PING_INTERVAL, Values::duration),
                    read(Key.PONG_TIMEOUT, Values::duration),
                    read(Key.CONNECT_TIMEOUT, Values::duration),
                    read(Key.STALL_LIMIT, Values::duration),
                    read(Key.PING_AFTER, Values::bytes),
                    read(Key.WINDOW, Values::bytes),
                    read(Key.WINDOW_TIMEOUT, Values::duration),
                    read(Key.FRAME_SIZE, Values::bytes),
                    read(Key.OUTBOX_SIZE, Values::bytes),
                    read(Key.WAITING, Values::bytes),
                    read(Key.SUBSCRIPTIONS, Values::positive));
        } catch (IllegalArgumentException e) {
            throw SettingsFault.in(Key.PREFIX + "*", e);
        }
    }

    /** Bounds of every tail. */
    public TailLimits tail() {
        try {
            return new TailLimits(
                    read(Key.TAIL_COUNT, Values::positive),
                    read(Key.TAIL_SIZE, Values::bytes),
                    read(Key.FRAME_SIZE, Values::bytes));
        } catch (IllegalArgumentException e) {
            throw SettingsFault.in(Key.PREFIX + "tail-*", e);
        }
    }

    /** What is set under a key. */
    Optional<String> value(String key) {
        return sources.stream()
                .flatMap(source -> source.value(key).stream())
                .map(String::strip)
                .findFirst();
    }

    /** Names of the namespaces about which something is set. */
    Set<String> namespaces() {
        Set<String> names = new TreeSet<>();
        sources.stream().filter(source -> !source.guesses()).forEach(source -> names.addAll(namespaces(source)));
        // an environment variable for my_ns says nothing of a my-ns
        Set<String> variables = names.stream().map(SettingsSource::variable).collect(Collectors.toSet());
        sources.stream()
                .filter(SettingsSource::guesses)
                .flatMap(source -> namespaces(source).stream())
                .filter(name -> !variables.contains(SettingsSource.variable(name)))
                .forEach(names::add);
        return names;
    }

    private static Set<String> namespaces(SettingsSource source) {
        return source.keys().stream()
                .filter(key -> key.startsWith(NamespaceKey.PREFIX))
                .map(key -> key.substring(NamespaceKey.PREFIX.length()))
                .filter(rest -> rest.indexOf('.') > 0)
                .map(rest -> rest.substring(0, rest.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Keys that begin like ours and mean nothing. */
    public Set<String> unknown() {
        Set<String> unknown = keys();
        unknown.removeIf(key -> Key.named(key).isPresent()
                || (key.startsWith(NamespaceKey.PREFIX)
                        && NamespaceKey.options().contains(key.substring(key.lastIndexOf('.') + 1))));
        return unknown;
    }

    private Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        sources.forEach(source -> keys.addAll(source.keys()));
        return keys;
    }

    <T> T read(Key key, Function<String, T> parse) {
        try {
            return parse.apply(value(key.key()).orElse(key.fallback()));
        } catch (IllegalArgumentException e) {
            throw SettingsFault.in(key.key(), e);
        }
    }

    private static Properties file() {
        Properties properties = new Properties();
        try (InputStream in = Settings.class.getClassLoader().getResourceAsStream(FILE)) {
            if (in != null) {
                properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
