package io.tappa.api.store;

import io.tappa.engine.fact.Gathering;
import io.tappa.engine.pack.PackFiles;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Where every version of a pack that went live is kept, under its hash, and in which order they did. */
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

    /** Notes that {@code slots} are gathered as well, new ones since {@code sinceMillis}. */
    Mono<Void> gatherMore(SortedSet<Integer> slots, long sinceMillis);

    /** Notes that no others than {@code slots} are gathered any more. */
    Mono<Void> gatherNoOthers(SortedSet<Integer> slots);

    /** Notes that {@code slots} were gathered from as far back as {@code sinceMillis}. */
    Mono<Void> gatheredBack(SortedSet<Integer> slots, long sinceMillis);

    /** Keeps these files for ever under their hash. */
    Mono<Void> keep(PackFiles files);

    /**
     * Makes a version that is kept the live one, and says as which release; what is live already stays that release. Empty when
     * {@code expected} is given and another version is live.
     */
    Mono<Release> release(Release next, @Nullable String expected);

    /** The newest releases, newest first. */
    Mono<List<Release>> releases(int most);

    /** The release of this number, or empty. */
    Mono<Release> release(long number);
}
