package io.tappa.api.store;

import reactor.core.publisher.Mono;

/** Where what surrounded decisions is kept, each under the hash of its content, as long as their records. */
public interface SurroundingsStore {
    /** Keeps {@code json} under {@code hash} for some days from now on; done before the first decision names it. */
    Mono<Void> keep(String hash, String json);

    /** What is kept under {@code hash}, or empty. */
    Mono<String> find(String hash);
}
