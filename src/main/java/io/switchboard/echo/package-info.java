/** The echo door: every message comes back, for people who try out WebSocket with nothing but a browser. */
package io.switchboard.echo;
