/** What is said: commands in, events out, publications and codes. Everything here is immutable. */
package io.switchboard.message;
