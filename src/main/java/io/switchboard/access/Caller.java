package io.switchboard.access;

import java.util.Optional;

/**
 * What is known of a client before it has said anything. Immutable.
 *
 * @param address its address, as far as it can be believed; empty if unknown
 * @param origin the site whose page it is, empty if it is no page
 * @param identity what the container's own login says
 * @param credential what else it showed
 */
public record Caller(String address, String origin, Identity identity, Optional<Credential> credential) {
    /** A caller of whom nothing is known. */
    public static final Caller UNKNOWN = new Caller("", "", Identity.ANONYMOUS, Optional.empty());
}
