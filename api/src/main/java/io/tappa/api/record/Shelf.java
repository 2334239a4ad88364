package io.tappa.api.record;

import io.tappa.engine.identity.VisitorKey;
import java.util.Collection;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where records of decisions are once logs no longer have them; of people who were forgotten it gives nothing out. */
public interface Shelf {
    /** The decision {@code uuid} that was written down at exactly {@code place}, or empty. */
    Mono<Recorded> find(UUID uuid, VisitorKey place);

    /** All decisions made from {@code fromMillis} to before {@code toMillis}, both since 1970, oldest first, each once. */
    Flux<Recorded> between(long fromMillis, long toMillis);

    /** What surrounded decisions that are here, by its hash, as {@link Records#surroundings} gives it; or empty. */
    Mono<String> surroundings(String hash);

    /** Those of the same period that were written down at one of {@code places}, so that only the files that may have them are read. */
    Flux<Recorded> at(Collection<VisitorKey> places, long fromMillis, long toMillis);
}
