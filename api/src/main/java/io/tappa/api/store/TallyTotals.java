package io.tappa.api.store;

import java.util.SortedMap;
import reactor.core.publisher.Mono;

/** The counters of what became of what was shown, summed over all shards. */
public interface TallyTotals {
    /** All counters of a table, by name; empty where nothing was counted. */
    Mono<SortedMap<String, Long>> of(String table);
}
