package io.tappa.api.archive;

import io.tappa.api.store.Struck;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;

/** Whose lines go, up to which moment each. */
final class Forgotten {
    private static final long NEVER = -1;

    private final Map<String, Long> places = new HashMap<>();
    private final Map<String, Long> owners = new HashMap<>();

    Forgotten(List<Struck> struck) {
        for (var one : struck) {
            places.merge(one.place().text(), one.untilMillis(), Math::max);
            if (one.withId()) {
                owners.merge(ArchiveLine.owner(one.place()), one.untilMillis(), Math::max);
            }
        }
    }

    /** Whether {@code line} goes. */
    boolean includes(ArchiveLine line) {
        long place = places.getOrDefault(line.placeText(), NEVER);
        long owner = owners.getOrDefault(line.owner(), NEVER);
        long until = Math.max(place, owner);
        return until != NEVER && line.atMillis() <= until;
    }

    /** Those of {@code lines} that stay. */
    Iterator<ArchiveLine> others(Iterator<ArchiveLine> lines) {
        var all = Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED);
        return StreamSupport.stream(all, false).filter(line -> !includes(line)).iterator();
    }
}
