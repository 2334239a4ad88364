package io.tappa.api.store;

import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * Looks at many visitors, for counting; never on the way of a request of a site. What is looked for is called on several
 * threads at once, and answers come in no order.
 */
public interface VisitorWalk {
    /** Everybody, a page at a time; who comes or changes meanwhile may be missed or seen twice. */
    <T> Flux<T> all(Function<Home, T> look);

    /** Up to {@code people} drawn at random; what turns out to be no visitor is left out. */
    <T> Flux<T> some(int people, Function<Home, T> look);
}
