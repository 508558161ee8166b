/** What callers can show to say who they are, and what became void: tokens, tickets, revocations. Knows {@code access}. */
package io.switchboard.credential;
