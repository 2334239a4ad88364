package io.tappa.api.guard;

import io.tappa.api.guard.Finding.NeverExposed;
import io.tappa.api.store.DisplayCounts;
import io.tappa.api.store.DisplayCounts.Counter;
import io.tappa.api.store.DisplayCounts.Kind;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds placements that are decided and that nobody sees, or tells us of. */
final class Exposure {
    private static final long LEAST_DECIDED = 1_000;
    /** One in so many must be seen. */
    private static final int LEAST_PART = 100;

    private Exposure() {}

    /** What is known of one placement. */
    private static final class Seen {
        private final Set<String> offers = new HashSet<>();
        private long decided;
        private long exposed;
        private long firstHour = Long.MAX_VALUE;
    }

    /** The placements of {@code pack} of which too little was seen in the last 24 hours. */
    static List<Finding> find(PackSnapshot pack, Counted counted) {
        var placements = new HashMap<String, Seen>();
        var nowhere = new HashMap<String, Long>();
        for (int ago = 0; ago < Counted.HOURS_OF_DAY; ago++) {
            long hour = counted.hour() - ago;
            counted.byHour()
                    .getOrDefault(hour, Map.of())
                    .forEach((counter, times) -> add(counter, times, hour, placements, nowhere));
        }
        var found = new ArrayList<Finding>();
        placements.forEach((placement, seen) -> {
            long exposed = seen.exposed
                    + seen.offers.stream()
                            .mapToLong(offer -> nowhere.getOrDefault(offer, 0L))
                            .sum();
            if (pack.touchpoints().placement(placement) != null
                    && seen.decided >= LEAST_DECIDED
                    && exposed * LEAST_PART < seen.decided) {
                var since = Instant.ofEpochMilli(seen.firstHour * DisplayCounts.HOUR_MILLIS);
                found.add(new NeverExposed(placement, seen.decided, exposed, since));
            }
        });
        return found;
    }

    /** An exposure that names no placement speaks for all where its offer was decided: better no finding than a wrong one. */
    private static void add(
            Counter counter, long times, long hour, Map<String, Seen> placements, Map<String, Long> nowhere) {
        if (counter.kind() == Kind.EXPOSED && counter.placement().isEmpty()) {
            nowhere.merge(counter.offer(), times, Long::sum);
        } else if (counter.kind() == Kind.EXPOSED) {
            placements.computeIfAbsent(counter.placement(), key -> new Seen()).exposed += times;
        } else if (counter.kind() == Kind.DECIDED) {
            var seen = placements.computeIfAbsent(counter.placement(), key -> new Seen());
            seen.offers.add(counter.offer());
            seen.decided += times;
            seen.firstHour = Math.min(seen.firstHour, hour);
        }
    }
}
