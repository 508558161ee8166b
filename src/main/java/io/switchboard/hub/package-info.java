/** Who hears what: the dispatcher obeys commands, the hub gives the news of channels to the sessions that follow them. */
package io.switchboard.hub;
