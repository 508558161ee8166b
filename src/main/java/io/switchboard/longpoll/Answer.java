package io.switchboard.longpoll;

/** The answer to a poll that waits. */
interface Answer {
    /** Gives it, whether or not somebody is still there; called once at most. */
    void give(int status, String body);
}
