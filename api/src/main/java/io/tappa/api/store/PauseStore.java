package io.tappa.api.store;

import io.tappa.engine.pause.Pause;
import java.util.SortedMap;
import reactor.core.publisher.Mono;

/** What is paused. Both writes may be sent again. */
public interface PauseStore {
    /** Most things that can be paused at once; {@link Pause#EVERYTHING} always can. */
    int MOST = 500;

    /** Notes {@code pause} in place of an earlier one of the same thing; false when too many others hold. One round trip. */
    Mono<Boolean> put(Pause pause);

    /** Ends the pause of {@code what} and answers whether there was one that held. One round trip. */
    Mono<Boolean> end(String what);

    /** All that holds now, by what it holds. One round trip. */
    Mono<SortedMap<String, Pause>> all();
}
