/**
 * Ways past the WebSocket layer of the containers that we know, for frames that are the same for many.
 *
 * <p>The API takes a string, which each container encodes again for each session, and each has a price of its own besides:
 * decision 7 and docs/performance.md. Whatever is not found here goes through the API, which works everywhere.
 */
package io.switchboard.shortcut;
