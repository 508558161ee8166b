package io.switchboard.access;

import java.util.Optional;
import java.util.Set;

/**
 * Who a caller is. Immutable.
 *
 * @param user id of the user, empty if anonymous
 * @param roles the roles he holds, among those that some rule asks for
 * @param info JSON about him that other clients may see
 */
public record Identity(String user, Set<String> roles, Optional<String> info) {
    /** A caller nobody knows. */
    public static final Identity ANONYMOUS = new Identity("", Set.of(), Optional.empty());

    /** Takes its own copy of the roles. */
    public Identity {
        roles = Set.copyOf(roles);
    }

    /** Whether the caller is known. */
    public boolean isSignedIn() {
        return !user.isEmpty();
    }
}
