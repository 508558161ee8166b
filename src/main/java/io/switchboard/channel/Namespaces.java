package io.switchboard.channel;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All namespaces that exist on this node; a channel outside them does not exist. Immutable. */
public final class Namespaces {
    private final Map<String, Namespace> byName;

    /** The given namespaces and no others. */
    public Namespaces(Collection<Namespace> namespaces) {
        byName = namespaces.stream()
                .collect(Collectors.toMap(Namespace::name, Function.identity(), (a, b) -> b, TreeMap::new));
    }

    /** The namespace that a channel belongs to. */
    public Optional<Namespace> of(ChannelName channel) {
        return Optional.ofNullable(byName.get(channel.namespace()));
    }

    /** Names of all namespaces, sorted. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /** The roles that some rule asks for and a caller has, as his container answers. */
    public Set<String> rolesHeld(Predicate<String> isHeld) {
        return roles().stream().filter(isHeld).collect(Collectors.toUnmodifiableSet());
    }

    /** Every role that some rule asks for: the only ones worth asking a container about. */
    public Set<String> roles() {
        return byName.values().stream()
                .flatMap(n -> Stream.of(n.subscribe(), n.publish(), n.history(), n.members()))
                .filter(rule -> rule.kind() == Rule.Kind.ROLE)
                .map(Rule::role)
                .collect(Collectors.toUnmodifiableSet());
    }
}
