package io.switchboard.access;

import io.switchboard.channel.ChannelName;
import io.switchboard.channel.Namespace;
import io.switchboard.channel.Namespaces;
import io.switchboard.channel.Rule;
import io.switchboard.message.Problem;
import io.switchboard.message.Refusal;

/** Applies the rules of namespaces to callers: what no rule grants is refused. Immutable. */
public final class Permissions {
    private final Namespaces namespaces;

    /** Judges by the rules of these namespaces. */
    public Permissions(Namespaces namespaces) {
        this.namespaces = namespaces;
    }

    /**
     * The namespace of a channel in which the caller may do this.
     *
     * @throws Refusal 102 if the channel does not exist, 103 if he may not
     */
    public Namespace demand(Identity caller, Verb verb, ChannelName channel) {
        Namespace namespace = namespace(channel);
        if (!allows(caller, verb, namespace, channel)) {
            throw new Refusal(Problem.PERMISSION_DENIED);
        }
        return namespace;
    }

    /**
     * The namespace of a channel.
     *
     * @throws Refusal 102 if the channel does not exist
     */
    public Namespace namespace(ChannelName channel) {
        return namespaces.of(channel).orElseThrow(() -> new Refusal(Problem.UNKNOWN_CHANNEL));
    }

    /** Whether the channel exists and the caller may do this there. */
    public boolean allows(Identity caller, Verb verb, ChannelName channel) {
        return namespaces
                .of(channel)
                .filter(namespace -> allows(caller, verb, namespace, channel))
                .isPresent();
    }

    private static boolean allows(Identity caller, Verb verb, Namespace namespace, ChannelName channel) {
        boolean excluded = channel.isPrivate() || (channel.isListed() && !channel.lists(caller.user()));
        return !excluded && grants(verb.rule(namespace), caller, channel);
    }

    private static boolean grants(Rule rule, Identity caller, ChannelName channel) {
        return switch (rule.kind()) {
            case NOBODY -> false;
            case ANYONE -> true;
            case SIGNED_IN -> caller.isSignedIn();
            case LISTED -> channel.lists(caller.user());
            case ROLE -> caller.roles().contains(rule.role());
        };
    }
}
