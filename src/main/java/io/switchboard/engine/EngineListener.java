package io.switchboard.engine;

import io.switchboard.channel.ChannelName;
import io.switchboard.message.News;

/**
 * Hears what happens in channels.
 *
 * <p>Called in the order of the channel's stream, possibly while the engine holds the lock of that channel: it may only
 * touch memory, must return at once and must not call the engine.
 */
public interface EngineListener {
    /** This happened in that channel. */
    void happened(ChannelName channel, News news);
}
