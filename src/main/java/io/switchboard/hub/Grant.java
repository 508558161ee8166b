package io.switchboard.hub;

import io.switchboard.access.ServerSubscription;
import java.util.Optional;

/**
 * Why a client may follow a channel. Immutable.
 *
 * @param kind what gave him the right
 * @param info JSON about the subscriber that others may see
 * @param data JSON that he is told with it
 * @param lease how long he may
 */
record Grant(Kind kind, Optional<String> info, Optional<String> data, Lease lease) {
    /** What gives a right. */
    enum Kind {
        /** The rule of the namespace: asked again whenever the client's identity changes. */
        RULE,
        /** A subscription token. */
        TOKEN,
        /** The server itself, unasked. */
        SERVER
    }

    /** What the rule of a namespace grants. */
    static final Grant BY_RULE = new Grant(Kind.RULE, Optional.empty(), Optional.empty(), Lease.FOR_EVER);

    static Grant of(ServerSubscription subscription) {
        return new Grant(Kind.SERVER, subscription.info(), subscription.data(), Lease.FOR_EVER);
    }
}
