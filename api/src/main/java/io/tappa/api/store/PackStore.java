package io.tappa.api.store;

import io.tappa.engine.pack.PackFiles;
import reactor.core.publisher.Mono;

/** Where every version of a pack that went live is kept, under its hash. */
public interface PackStore {
    /** Hash of the live version, or empty when none was ever published. */
    Mono<String> live();

    /** The files of a version, or empty. */
    Mono<PackFiles> files(String hash);

    /** Keeps the version for ever and makes it the live one. */
    Mono<Void> publish(String hash, PackFiles files);
}
