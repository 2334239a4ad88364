package io.tappa.api.store;

import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks at many visitors, for counting; never on the way of a request of a site. What is looked for is called on several
 * threads at once, and answers come in no order.
 */
public interface VisitorWalk {
    /** How many people are remembered. */
    Mono<Long> people();

    /**
     * Everybody, a few shards at a time and some hundred people at once, so that it takes no more room than the keys of those
     * shards and no command takes long. Who stays where they are is seen once; who is being joined to somebody else is missed,
     * and who is parted meanwhile may be seen twice.
     */
    <T> Flux<T> all(Function<Home, T> look);

    /**
     * About {@code people}: those of the first shards. Since shards are drawn by hash they are a fair sample, and the same one
     * again as long as nobody comes or goes.
     */
    <T> Flux<T> some(int people, Function<Home, T> look);
}
