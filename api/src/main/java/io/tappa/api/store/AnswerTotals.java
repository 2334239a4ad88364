package io.tappa.api.store;

import io.tappa.engine.transition.AnswerCounts;
import java.time.LocalDate;
import reactor.core.publisher.Mono;

/** How many answers to surveys were counted, of all visitors; written together with the visitors who gave them. */
public interface AnswerTotals {
    /** The answers of these days, both included, summed over all shards. One round trip for each shard and month. */
    Mono<AnswerCounts> between(LocalDate from, LocalDate to);
}
