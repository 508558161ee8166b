/** The doors that work where WebSocket is blocked: endless answers, and what their clients say in requests beside them. */
package io.switchboard.stream;
