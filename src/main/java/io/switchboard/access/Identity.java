package io.switchboard.access;

import java.util.Optional;
import java.util.Set;

/**
 * Who a caller is. Immutable.
 *
 * @param user id of the user, empty if anonymous
 * @param roles the roles he holds, among those that some rule asks for
 * @param info JSON about him that other clients may see
 * @param meta JSON about him that only the server sees
 */
public record Identity(String user, Set<String> roles, Optional<String> info, Optional<String> meta) {
    /** A caller nobody knows. */
    public static final Identity ANONYMOUS = new Identity("", Set.of(), Optional.empty(), Optional.empty());

    /** Takes its own copy of the roles. */
    public Identity {
        roles = Set.copyOf(roles);
    }

    /** A user with roles, of whom nothing else is known. */
    public static Identity of(String user, Set<String> roles) {
        return new Identity(user, roles, Optional.empty(), Optional.empty());
    }

    /** The same caller with other roles. */
    public Identity withRoles(Set<String> others) {
        return new Identity(user, others, info, meta);
    }

    /** Whether the caller is known. */
    public boolean isSignedIn() {
        return !user.isEmpty();
    }
}
