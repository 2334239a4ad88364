package io.tappa.api.store;

import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * How often offers were decided and seen, and how often placements were answered, by the hour, of all nodes. For people who
 * look after things: a node that dies takes its last second along, and what is sent again may count twice.
 */
public interface DisplayCounts {
    /** How long an hour is kept after it was last counted in. */
    Duration KEPT = Duration.ofDays(8);
    /** Milliseconds of an hour. */
    long HOUR_MILLIS = 3_600_000;

    /** What is counted. */
    enum Kind {
        /** An offer was decided. */
        DECIDED,
        /** An offer was seen. */
        EXPOSED,
        /** A placement was answered, with an offer or with nothing. */
        ANSWERED,
        /** It was answered in trouble. */
        TROUBLED
    }

    /**
     * One counter.
     *
     * @param placement full name of the placement; empty where an exposure names none that is known
     * @param offer key of the offer; empty for what concerns the placement as a whole
     */
    record Counter(Kind kind, String placement, String offer) {}

    /** The hour since 1970 in which {@code millis} is. */
    static long hour(long millis) {
        return Math.floorDiv(millis, HOUR_MILLIS);
    }

    /** Adds to the counters of an hour. One round trip for each 1,000 of them. */
    Mono<Void> add(long hour, Map<Counter, Long> counts);

    /** What was counted in an hour; nothing for one that is not kept any more. One round trip. */
    Mono<Map<Counter, Long>> of(long hour);
}
