/** Where publications and members live. Knows channels and messages, and no session. */
package io.switchboard.engine;
