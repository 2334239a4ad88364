package io.tappa.api.archive;

import io.tappa.api.record.Recorded;
import io.tappa.api.record.Shelf;
import io.tappa.api.store.ArchiveStore;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.identity.VisitorKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads the files of the archive; a line of somebody forgotten since is not given out, though it be yet to be struck. */
final class Archive implements Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
    private static final int AT_ONCE = 64;

    private final VisitorStore visitors;
    private final ArchiveStore store;
    private final ArchiveFolder folder;
    private final Ownership ownership;

    Archive(VisitorStore visitors, ArchiveStore store, ArchiveFolder folder, Ownership ownership) {
        this.visitors = visitors;
        this.store = store;
        this.folder = folder;
        this.ownership = ownership;
    }

    @Override
    public Mono<Recorded> find(UUID uuid, VisitorKey place) {
        long at = uuid.getMostSignificantBits() >>> 16;
        var file = new HourFile(HourFile.hourOf(at), ArchiveStore.group(place));
        return ownership
                .isHere()
                .filter(here -> here)
                .flatMap(here -> Mono.fromCallable(() -> find(file, uuid.toString(), place))
                        .subscribeOn(Schedulers.boundedElastic()))
                .filterWhen(this::mayBeGivenOut)
                .map(ArchiveLine::recorded);
    }

    private @Nullable ArchiveLine find(HourFile file, String uuid, VisitorKey place) {
        try (var lines = folder.open(file)) {
            while (lines.hasNext()) {
                var line = lines.next();
                int order = line.uuid().compareTo(uuid);
                if (order >= 0) {
                    return order == 0 && line.place().equals(place) ? line : null;
                }
            }
        } catch (IOException | UncheckedIOException damaged) {
            LOG.error("{} of the archive cannot be read", file.name(), damaged);
        }
        return null;
    }

    @Override
    public Flux<Recorded> between(long fromMillis, long toMillis) {
        return between(fromMillis, toMillis, file -> true, line -> true);
    }

    @Override
    public Flux<Recorded> at(Collection<VisitorKey> places, long fromMillis, long toMillis) {
        var groups = places.stream().map(ArchiveStore::group).collect(Collectors.toSet());
        var names = places.stream().map(VisitorKey::text).collect(Collectors.toSet());
        return between(
                fromMillis, toMillis, file -> groups.contains(file.group()), line -> names.contains(line.placeText()));
    }

    private Flux<Recorded> between(
            long fromMillis, long toMillis, Predicate<HourFile> mayHaveSome, Predicate<ArchiveLine> isAskedFor) {
        return ownership
                .isHere()
                .filter(here -> here)
                .flatMapIterable(here -> hours(fromMillis, toMillis, mayHaveSome))
                .subscribeOn(Schedulers.boundedElastic())
                .concatMap(this::lines, 1)
                .filter(line -> fromMillis <= line.atMillis() && line.atMillis() < toMillis && isAskedFor.test(line))
                .flatMapSequential(line -> Mono.just(line).filterWhen(this::mayBeGivenOut), AT_ONCE, 1)
                .map(ArchiveLine::recorded);
    }

    /** The files of each hour that has some of these moments, oldest hour first. */
    private Iterable<List<HourFile>> hours(long fromMillis, long toMillis, Predicate<HourFile> mayHaveSome) {
        var hours = new TreeMap<Long, List<HourFile>>();
        try {
            for (var file : folder.files()) {
                if (file.endMillis() > fromMillis
                        && file.endMillis() - HourFile.MILLIS < toMillis
                        && mayHaveSome.test(file)) {
                    hours.computeIfAbsent(file.hour(), hour -> new ArrayList<>())
                            .add(file);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return hours.values();
    }

    /** All of one hour; where visitors were parted, a decision may be in two files. */
    private Flux<ArchiveLine> lines(List<HourFile> files) {
        return Flux.using(
                        () -> open(files),
                        open -> Flux.fromIterable(() -> new Merged(Collections.emptyIterator(), open)),
                        Archive::close)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private List<Lines> open(List<HourFile> files) throws IOException {
        var open = new ArrayList<Lines>();
        try {
            for (var file : files) {
                open.add(folder.open(file));
            }
            return open;
        } catch (IOException unreadable) {
            close(open);
            throw unreadable;
        }
    }

    private static void close(List<Lines> open) {
        for (var lines : open) {
            try {
                lines.close();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    @Override
    public Mono<String> surroundings(String hash) {
        return ownership
                .isHere()
                .filter(here -> here)
                .flatMap(here ->
                        Mono.fromCallable(() -> folder.around().find(hash)).subscribeOn(Schedulers.boundedElastic()))
                .onErrorResume(IOException.class, damaged -> {
                    LOG.error("Surroundings {} of the archive cannot be read", hash, damaged);
                    return Mono.empty();
                });
    }

    private Mono<Boolean> mayBeGivenOut(ArchiveLine line) {
        return Mono.zip(visitors.erasedMillis(line.place()), store.struckMillis(line.place()), Math::max)
                .map(forgotten -> forgotten < line.atMillis());
    }
}
