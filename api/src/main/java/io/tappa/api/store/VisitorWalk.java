package io.tappa.api.store;

import reactor.core.publisher.Flux;

/** Looks at many visitors, for counting; never on the way of a request of a site. */
public interface VisitorWalk {
    /** Everybody, a page at a time; who comes or changes meanwhile may be missed or seen twice. */
    Flux<Home> all();

    /** Somebody at random, {@code tries} times; what is no visitor is left out. */
    Flux<Home> some(int tries);
}
