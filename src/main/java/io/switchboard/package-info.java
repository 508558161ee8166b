/** What application code sees of Switchboard. */
package io.switchboard;
