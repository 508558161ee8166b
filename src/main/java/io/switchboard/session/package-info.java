/** One connected client: its session, the pump that writes to its connection, and the registry of all. Doors implement
 * {@link io.switchboard.session.Connection} and {@link io.switchboard.session.Codec}. */
package io.switchboard.session;
