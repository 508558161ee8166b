package io.switchboard.hub;

import io.switchboard.message.News;
import io.switchboard.message.Publication;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The latest publication of each key, oldest first; the key longest unchanged is dropped when there are too many. Guarded
 * by the lock of its {@link Tail}. */
final class LatestByKey {
    private record Latest(Publication publication, long seq) {}

    private final Map<String, Latest> byKey = new LinkedHashMap<>();
    private final int capacity;

    LatestByKey(int capacity) {
        this.capacity = capacity;
    }

    void put(Publication publication, long seq) {
        byKey.remove(publication.key());
        if (byKey.size() >= capacity) {
            Iterator<String> eldest = byKey.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        byKey.put(publication.key(), new Latest(publication, seq));
    }

    /** Those published with this number or a later one. */
    List<News> since(long seq) {
        List<News> found = new ArrayList<>();
        for (Latest latest : byKey.values()) {
            if (latest.seq() >= seq) {
                found.add(latest.publication());
            }
        }
        return found;
    }
}
