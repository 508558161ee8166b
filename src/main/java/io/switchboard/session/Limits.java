package io.switchboard.session;

import java.time.Duration;

/**
 * Bounds of every session. Immutable.
 *
 * @param pingInterval time between pings, give or take a tenth
 * @param pongTimeout how long an idle peer may take to answer one
 * @param connectTimeout how long a client may take to say who it is
 * @param stallLimit how long the container may take to accept one frame
 * @param pingAfter bytes written since the peer was last heard from above which it is pinged at once
 * @param window bytes written since then above which nothing more is written
 * @param windowTimeout how long a peer with a full window, or a ping behind that much, may stay silent
 * @param frameSize bytes after which no more is put into a frame
 * @param outboxSize bytes of answers that may wait for a peer
 * @param waiting bytes of answers that may wait for all peers of the node together
 * @param subscriptions channels that a session may follow
 */
public record Limits(
        Duration pingInterval,
        Duration pongTimeout,
        Duration connectTimeout,
        Duration stallLimit,
        int pingAfter,
        int window,
        Duration windowTimeout,
        int frameSize,
        int outboxSize,
        int waiting,
        int subscriptions) {

    /** What holds unless it is set otherwise. */
    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(25),
            Duration.ofSeconds(8),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            256 << 10,
            1 << 20,
            Duration.ofSeconds(30),
            64 << 10,
            1 << 20,
            128 << 20,
            128);

    /** Refuses, with an {@link IllegalArgumentException}, bounds under which no session could live. */
    public Limits {
        if (pingInterval.compareTo(pongTimeout) <= 0) {
            throw new IllegalArgumentException("the ping interval must be longer than the pong time-out");
        }
        if (pingAfter <= 0
                || window <= pingAfter
                || frameSize <= 0
                || outboxSize <= 0
                || waiting <= 0
                || subscriptions <= 0) {
            throw new IllegalArgumentException("sizes must be positive, and the window larger than ping-after");
        }
    }
}
