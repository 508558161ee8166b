package io.switchboard.oneway;

/** What stands behind {@code data:}. */
enum Format {
    /** The pushes of Centrifuge's one-way transports. */
    PUSHES,
    /** Payloads alone. */
    RAW,
    /** Payloads alone, in events that are named after their channels. */
    RAW_NAMED
}
