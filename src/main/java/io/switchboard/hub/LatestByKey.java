package io.switchboard.hub;

import io.switchboard.message.News;
import io.switchboard.message.Publication;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The latest publication of each key, oldest first; the key longest unchanged is dropped when there are too many. Guarded
 * by the lock of its {@link Tail}. */
final class LatestByKey {
    private record Latest(Publication publication, long seq) {}

    private final Map<String, Latest> byKey = new LinkedHashMap<>();
    private final TailLimits limits;
    private long bytes;

    LatestByKey(TailLimits limits) {
        this.limits = limits;
    }

    void put(Publication publication, long seq) {
        Optional.ofNullable(byKey.remove(publication.key())).ifPresent(this::forget);
        Iterator<Latest> eldest = byKey.values().iterator();
        while (eldest.hasNext() && (byKey.size() >= limits.count() || bytes + publication.size() > limits.bytes())) {
            forget(eldest.next());
            eldest.remove();
        }
        byKey.put(publication.key(), new Latest(publication, seq));
        bytes += publication.size();
    }

    private void forget(Latest latest) {
        bytes -= latest.publication().size();
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
