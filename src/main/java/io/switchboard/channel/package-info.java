/** Names of channels and the options of their namespaces. Knows only the JDK. */
package io.switchboard.channel;
