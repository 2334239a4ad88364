package io.tappa.api.store;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Which node lets visitors catch up with the live pack, and how far it is. One round trip each. */
public interface CatchUpStore {
    /** How far it is; {@link CatchUp#NEVER} where it never was. */
    Mono<CatchUp> progress();

    /** Claims the work for {@code node} as long as {@code lease}; false while another node has it. */
    Mono<Boolean> claim(String node, Duration lease);

    /** Notes how far it is. */
    Mono<Void> note(CatchUp progress);

    /** Ends the claim of {@code node}, if it still has it. */
    Mono<Void> release(String node);
}
