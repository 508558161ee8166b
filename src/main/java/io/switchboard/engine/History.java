package io.switchboard.engine;

import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import java.util.List;

/**
 * Answer to a {@link HistoryQuery}.
 *
 * @param publications what is left of what was asked for, in the order asked for
 * @param top the end of the stream at the moment of reading
 */
public record History(List<Publication> publications, Position top) {
    /** Takes its own copy of the list. */
    public History {
        publications = List.copyOf(publications);
    }
}
