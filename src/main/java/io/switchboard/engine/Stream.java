package io.switchboard.engine;

import io.switchboard.channel.Namespace;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The numbered publications of one channel in memory. Guarded by the lock of its {@link Room}. */
final class Stream {
    private record Entry(Publication publication, long at) {}

    private final String epoch;
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private long top;

    Stream(String epoch) {
        this.epoch = epoch;
    }

    Position top() {
        return new Position(epoch, top);
    }

    Publication append(Publication publication, Namespace namespace, long now) {
        Publication numbered = publication.at(new Position(epoch, ++top));
        entries.put(top, new Entry(numbered, now));
        while (entries.size() > namespace.historySize()) {
            entries.pollFirstEntry();
        }
        return numbered;
    }

    void expire(Namespace namespace, long now) {
        long oldest = now - namespace.historyTtl().toMillis();
        while (!entries.isEmpty() && entries.firstEntry().getValue().at() <= oldest) {
            entries.pollFirstEntry();
        }
    }

    void clear() {
        entries.clear();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    History read(HistoryQuery query) {
        List<Publication> found = new ArrayList<>();
        long bytes = 0;
        for (Entry entry : range(query).values()) {
            if (found.size() >= query.limit() || bytes >= query.maxBytes()) {
                break;
            }
            found.add(entry.publication());
            bytes += entry.publication().size();
        }
        return new History(found, top());
    }

    private NavigableMap<Long, Entry> range(HistoryQuery query) {
        if (query.reverse()) {
            return query.since().isEmpty()
                    ? entries.descendingMap()
                    : entries.headMap(query.since().getAsLong(), false).descendingMap();
        }
        return query.since().isEmpty() ? entries : entries.tailMap(query.since().getAsLong(), false);
    }
}
