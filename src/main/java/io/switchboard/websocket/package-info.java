/** The native WebSocket door, and the connection and doorman that every WebSocket dialect uses. */
package io.switchboard.websocket;
