package io.tappa.api.store;

import io.tappa.engine.fact.Gathering;
import io.tappa.engine.pack.PackFiles;
import java.util.SortedSet;
import reactor.core.publisher.Mono;

/** Where every version of a pack that went live is kept, under its hash. */
public interface PackStore {
    /** Hash of the live version, or empty when none was ever published. */
    Mono<String> live();

    /** The files of a version, or empty. */
    Mono<PackFiles> files(String hash);

    /** Hash of the version whose hash begins with {@code digits}, or empty when none was ever published. */
    Mono<String> version(String digits);

    /** What only the nodes of this pack know, the same for ever: {@code first} where there was nothing yet. */
    Mono<byte[]> secret(byte[] first);

    /** Since when what is gathered of visitors. */
    Mono<Gathering> gathering();

    /** Notes that {@code slots} and no others are gathered, new ones since {@code sinceMillis}. */
    Mono<Void> gather(SortedSet<Integer> slots, long sinceMillis);

    /** Notes that {@code slots} were gathered from as far back as {@code sinceMillis}. */
    Mono<Void> gatheredBack(SortedSet<Integer> slots, long sinceMillis);

    /** Keeps the version for ever and makes it the live one. */
    Mono<Void> publish(String hash, PackFiles files);
}
