/** The settings of a node and where they come from. Knows what they configure, and nothing that runs. */
package io.switchboard.settings;
