package io.switchboard.http;

import io.switchboard.json.JsonFault;
import io.switchboard.json.JsonReader;
import io.switchboard.message.Handle;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client says in a request beside its connection (Centrifuge's emulation request, with a member of our own).
 *
 * @param handle by which it is known
 * @param poll number of the last batch that has arrived, if it asks for the next one
 * @param data commands, empty if there are none
 */
public record Said(Handle handle, OptionalLong poll, String data) {
    /** Reads it; empty if it is none of these. */
    public static Optional<Said> read(String text) {
        String session = "";
        String node = "";
        String data = "";
        OptionalLong poll = OptionalLong.empty();
        try {
            JsonReader in = new JsonReader(text);
            in.enter();
            while (in.next()) {
                switch (in.name()) {
                    case "session" -> session = in.string().orElse("");
                    case "node" -> node = in.string().orElse("");
                    case "data" -> data = in.string().orElse("");
                    case "poll" -> poll = OptionalLong.of(in.natural());
                    default -> in.skip();
                }
            }
        } catch (JsonFault fault) {
            return Optional.empty();
        }
        return session.isEmpty() ? Optional.empty() : Optional.of(new Said(new Handle(session, node), poll, data));
    }
}
