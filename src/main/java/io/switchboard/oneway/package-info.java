/** One-way server-sent events for clients that nobody wrote for us: a browser's EventSource, htmx, curl. */
package io.switchboard.oneway;
