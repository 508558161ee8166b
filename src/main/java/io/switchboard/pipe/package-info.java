/** The pipe door: one channel as plain text, for people with nothing but the browser's own WebSocket. */
package io.switchboard.pipe;
