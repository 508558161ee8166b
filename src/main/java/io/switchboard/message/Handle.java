package io.switchboard.message;

/**
 * How a client whose connection carries nothing towards us is known again in its other requests.
 *
 * @param session secret name of the session: whoever knows it may speak for the client
 * @param node name of the node that has it
 */
public record Handle(String session, String node) {}
