package io.switchboard.it;

import java.util.concurrent.CompletableFuture;

/** What a {@link LiveClient} speaks over; what it hears goes to its {@link Inbox}. */
interface Line {
    /** Sends commands, behind those that were sent before. */
    CompletableFuture<?> send(String commands);

    /** Breaks off without a word. */
    void abort();
}
