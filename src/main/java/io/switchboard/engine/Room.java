package io.switchboard.engine;

import io.switchboard.channel.Namespace;
import io.switchboard.message.ClientInfo;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the memory engine knows of one channel. Every field is guarded by this object's own lock. */
final class Room {
    final Map<String, ClientInfo> members = new LinkedHashMap<>();
    final Namespace namespace;
    final Stream stream;
    long lastUsed;

    /** Set when the room was taken out of the engine: whoever still holds it must look it up again. */
    boolean demolished;

    Room(Namespace namespace, Stream stream) {
        this.namespace = namespace;
        this.stream = stream;
    }
}
