/** How much of a node anybody may take: connections, commands, bytes, names. Knows addresses, and nothing that runs. */
package io.switchboard.quota;
