/** The ticket door: who is known over HTTP gets a ticket that opens one connection, for pages that can put something into an
 * address and nothing else. Knows the core and {@code http}. */
package io.switchboard.ticket;
