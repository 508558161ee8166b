/** Who is calling and what he may do. Knows channels and messages. */
package io.switchboard.access;
