package io.switchboard.hub;

import io.switchboard.channel.Recovery;
import io.switchboard.engine.History;
import io.switchboard.message.Position;
import io.switchboard.message.Publication;
import java.util.List;
import java.util.Optional;

/**
 * What a subscriber gets of what he missed. Immutable.
 *
 * @param tried whether recovery was tried at all
 * @param complete whether nothing is missing
 * @param start where he stands before the publications
 * @param publications what he missed, or the first part of it
 */
record Recovered(boolean tried, boolean complete, Position start, List<Publication> publications) {
    /** Judges by the namespace's kind of recovery, the client's position and what the engine still has. */
    static Recovered judge(Recovery recovery, Optional<Position> since, History history) {
        return switch (recovery) {
            case OFF -> none(false, history);
            case STREAM -> since.map(position -> stream(position, history)).orElse(none(false, history));
            case CACHE -> cache(since, history);
        };
    }

    /** Where he stands after the publications. */
    Position end() {
        return publications.isEmpty()
                ? start
                : publications.get(publications.size() - 1).at();
    }

    private static Recovered none(boolean tried, History history) {
        return new Recovered(tried, false, history.top(), List.of());
    }

    private static Recovered stream(Position since, History history) {
        Position top = history.top();
        boolean sameEpoch = since.epoch().isEmpty() || since.epoch().equals(top.epoch());
        List<Publication> found = history.publications();
        boolean gapless =
                found.isEmpty() ? since.offset() == top.offset() : found.get(0).offset() == since.offset() + 1;
        return sameEpoch && gapless
                ? new Recovered(true, true, new Position(top.epoch(), since.offset()), found)
                : none(true, history);
    }

    private static Recovered cache(Optional<Position> since, History history) {
        Position top = history.top();
        if (since.filter(top::equals).isPresent()) {
            return new Recovered(true, true, top, List.of());
        }
        List<Publication> latest = history.publications();
        boolean hasTop = !latest.isEmpty() && latest.get(0).offset() == top.offset();
        return hasTop ? new Recovered(true, true, top, latest) : none(true, history);
    }
}
