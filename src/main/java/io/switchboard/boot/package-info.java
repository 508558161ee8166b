/** Wiring, settings and life cycle: the only package that knows all others, and that none knows. */
package io.switchboard.boot;
