package io.switchboard.json;

import io.switchboard.message.Command;
import io.switchboard.message.Disconnect;
import java.util.List;
import java.util.Optional;

/**
 * What came in one frame.
 *
 * @param commands in their order
 * @param fault why the session must end instead, if the frame could not be read
 */
public record Received(List<Command> commands, Optional<Disconnect> fault) {
    /** Takes its own copy of the commands. */
    public Received {
        commands = List.copyOf(commands);
    }

    /** A frame that ends the session. */
    public static Received unreadable(Disconnect fault) {
        return new Received(List.of(), Optional.of(fault));
    }
}
