package io.switchboard.access;

import java.time.InstantSource;

/**
 * Everything that decides who may do what on this node. Immutable.
 *
 * @param authenticator says who connects
 * @param tokens reads the tokens of subscriptions
 * @param permissions applies the rules of namespaces
 * @param clock the time by which rights expire
 * @param anonymous whether a caller nobody knows may connect
 */
public record Access(
        Authenticator authenticator, Tokens tokens, Permissions permissions, InstantSource clock, boolean anonymous) {}
