package io.tappa.api.archive;

import io.tappa.api.store.Struck;
import io.tappa.engine.identity.VisitorKey;
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

    private final Map<VisitorKey, Long> places = new HashMap<>();
    private final Map<String, Long> owners = new HashMap<>();

    Forgotten(List<Struck> struck) {
        for (var one : struck) {
            places.merge(one.place(), one.untilMillis(), Math::max);
            if (one.withId()) {
                owners.merge(ArchiveLine.owner(one.place()), one.untilMillis(), Math::max);
            }
        }
    }

    /** Whether {@code line} goes. */
    boolean includes(ArchiveLine line) {
        long place = places.getOrDefault(line.place(), NEVER);
        long owner = owners.getOrDefault(line.owner(), NEVER);
        return line.atMillis() <= Math.max(place, owner);
    }

    /** Those of {@code lines} that stay. */
    Iterator<ArchiveLine> others(Iterator<ArchiveLine> lines) {
        var all = Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED);
        return StreamSupport.stream(all, false).filter(line -> !includes(line)).iterator();
    }
}
