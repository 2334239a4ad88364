package io.tappa.api.archive;

import io.tappa.api.store.ArchiveStore;
import java.io.IOException;
import java.util.UUID;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sees to it that a pack has one archive: a file in the folder names it, and so does the store. Nodes that do not share the folder
 * would each strike people from a part of it only.
 */
final class Ownership {
    private final ArchiveStore store;
    private final ArchiveFolder folder;

    Ownership(ArchiveStore store, ArchiveFolder folder) {
        this.store = store;
        this.folder = folder;
    }

    /** Where the archive of the pack is. */
    enum Where {
        /** In this folder. */
        HERE,
        /** Nowhere yet. */
        NOWHERE,
        /** In another one. */
        ELSEWHERE
    }

    /** The archive is in another folder. */
    static final class Elsewhere extends RuntimeException {
        private static final long serialVersionUID = 1;

        Elsewhere(String message) {
            super(message);
        }
    }

    /** Where the archive is. */
    Mono<Where> where() {
        return name().flatMap(here -> {
            if (here.isEmpty()) {
                return store.name().map(other -> Where.ELSEWHERE).defaultIfEmpty(Where.NOWHERE);
            }
            return store.name(here).map(name -> name.equals(here) ? Where.HERE : Where.ELSEWHERE);
        });
    }

    private Mono<String> name() {
        return Mono.fromCallable(() -> {
                    var name = folder.name();
                    return name == null ? "" : name;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Ends once the archive is in this folder for sure, or with {@link Elsewhere}. */
    Mono<Void> take() {
        return where().flatMap(where -> switch (where) {
            case HERE -> Mono.empty();
            case NOWHERE ->
                Mono.fromCallable(this::create)
                        .subscribeOn(Schedulers.boundedElastic())
                        .then(mustBeHere());
            case ELSEWHERE -> Mono.error(elsewhere());
        });
    }

    /** Whether there is an archive, and here. */
    Mono<Boolean> isHere() {
        return where().map(where -> where == Where.HERE);
    }

    private boolean create() throws IOException {
        folder.create(UUID.randomUUID().toString());
        return true;
    }

    /** Fails with {@link Elsewhere} unless it is here. */
    private Mono<Void> mustBeHere() {
        return where().flatMap(where -> where == Where.HERE ? Mono.empty() : Mono.error(elsewhere()));
    }

    /** What is wrong, and what to do. */
    Elsewhere elsewhere() {
        return new Elsewhere("""
                The archive of this pack is not in %s.
                Maybe the nodes do not share that folder: let tappa.archive.folder name the same for all of them. If the archive \
                is lost, delete the field name of the key archive in Redis, and a new one begins.""".formatted(folder.path()));
    }
}
