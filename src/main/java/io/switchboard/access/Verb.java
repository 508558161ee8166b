package io.switchboard.access;

import io.switchboard.channel.Namespace;
import io.switchboard.channel.Rule;
import java.util.function.Function;

/** What a caller may want to do with a channel. */
public enum Verb {
    SUBSCRIBE(Namespace::subscribe),
    PUBLISH(Namespace::publish),
    HISTORY(Namespace::history),
    MEMBERS(Namespace::members);

    @SuppressWarnings("ImmutableEnumChecker") // a method reference: it has no state
    private final Function<Namespace, Rule> rule;

    Verb(Function<Namespace, Rule> rule) {
        this.rule = rule;
    }

    /** The rule of a namespace about this. */
    Rule rule(Namespace namespace) {
        return rule.apply(namespace);
    }
}
