package io.tappa.api.store;

import java.time.Duration;
import java.util.SortedMap;
import reactor.core.publisher.Mono;

/** Which node looks after campaigns, codes and placements, and what the owner was told. Each call is one round trip. */
public interface GuardStore {
    /** Claims the work for {@code node}, or prolongs its claim; false while another node has it. */
    Mono<Boolean> claim(String node, Duration lease);

    /** Ends the claim of {@code node}, if it still has it. */
    Mono<Void> release(String node);

    /** What was told and is remembered, and when, in milliseconds since 1970. */
    Mono<SortedMap<String, Long>> told();

    /** Remembers that {@code what} is told at {@code nowMillis}; false where that is remembered already. */
    Mono<Boolean> tell(String what, long nowMillis);

    /** Forgets that {@code what} was told, so that it is told again. */
    Mono<Void> forget(String what);
}
