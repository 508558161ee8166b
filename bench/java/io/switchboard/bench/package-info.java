/** Measures what a delivery costs: starts servers, one after the other, and loads each in the same way. */
package io.switchboard.bench;
