/**
 * The WAR as built, in a real container, and the fixtures every such test shares. A test here knows addresses and
 * wires, never the classes behind them.
 */
package io.switchboard.it;
