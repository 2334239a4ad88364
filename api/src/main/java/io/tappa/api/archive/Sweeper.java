package io.tappa.api.archive;

import io.tappa.api.store.ArchiveStore;
import io.tappa.api.store.Struck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Strikes those who were forgotten from the files: a file with lines of them is written anew without these. While nobody was
 * forgotten no file is read.
 */
final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    /** How many places at once. */
    private static final int MOST = 100_000;

    private final ArchiveStore store;
    private final ArchiveFolder folder;
    private final Holding holding;
    private final ArchiveMetrics metrics;

    Sweeper(ArchiveStore store, ArchiveFolder folder, Holding holding, ArchiveMetrics metrics) {
        this.store = store;
        this.folder = folder;
        this.holding = holding;
        this.metrics = metrics;
    }

    /**
     * What a sweep did.
     *
     * @param places of whom lines were to be struck
     * @param files files that were read
     * @param rewritten files that had lines of them
     * @param lines how many lines these were
     * @param unreadable files that are damaged, which were left as they are
     * @param busy groups that another node works on
     */
    record Swept(long places, long files, long rewritten, long lines, long unreadable, long busy) {
        static final Swept NOTHING = new Swept(0, 0, 0, 0, 0, 0);
        private static final Swept BUSY = new Swept(0, 0, 0, 0, 0, 1);

        Swept plus(Swept other) {
            return new Swept(
                    places + other.places,
                    files + other.files,
                    rewritten + other.rewritten,
                    lines + other.lines,
                    unreadable + other.unreadable,
                    busy + other.busy);
        }

        /** Whether nothing of those who were to be struck is left. */
        boolean isWhole() {
            return unreadable == 0 && busy == 0;
        }
    }

    /** Sweeps all files. Who could not be struck from each of them stays noted for the next sweep. */
    Mono<Swept> sweep() {
        return some().expand(swept -> swept.places() == MOST && swept.isWhole() ? some() : Mono.empty())
                .reduce(Swept.NOTHING, Swept::plus);
    }

    private Mono<Swept> some() {
        return store.struck().take(MOST).collectList().flatMap(struck -> {
            if (struck.isEmpty()) {
                return Mono.just(Swept.NOTHING);
            }
            var who = new Forgotten(struck);
            return Flux.range(0, ArchiveStore.GROUPS)
                    .concatMap(group -> strike(group, who))
                    .reduce(new Swept(struck.size(), 0, 0, 0, 0, 0), Swept::plus)
                    .flatMap(swept -> done(struck, swept));
        });
    }

    private Mono<Swept> done(List<Struck> struck, Swept swept) {
        return swept.isWhole() ? store.done(struck).thenReturn(swept) : Mono.just(swept);
    }

    private Mono<Swept> strike(int group, Forgotten who) {
        return holding.on(
                        group,
                        claim -> Mono.fromCallable(() -> strike(group, who, claim))
                                .subscribeOn(Schedulers.boundedElastic()))
                .defaultIfEmpty(Swept.BUSY);
    }

    private Swept strike(int group, Forgotten who, Holding.Claim claim) throws IOException {
        var work = folder.work(group);
        var swept = Swept.NOTHING;
        for (var file : folder.files()) {
            if (file.group() == group) {
                claim.run();
                swept = swept.plus(strike(file, work, who, claim));
            }
        }
        folder.clean(group);
        metrics.struck(swept.lines());
        return swept;
    }

    private Swept strike(HourFile file, Path work, Forgotten who, Holding.Claim claim) throws IOException {
        long lines = count(file, who);
        if (lines < 0) {
            return new Swept(0, 1, 0, 0, 1, 0);
        }
        if (lines > 0) {
            try (var all = folder.open(file)) {
                folder.write(file, work, who.others(all), claim);
            }
        }
        return new Swept(0, 1, lines > 0 ? 1 : 0, lines, 0, 0);
    }

    /** How many lines are to be struck, or -1 where the file is damaged. */
    private long count(HourFile file, Forgotten who) {
        long lines = 0;
        try (var all = folder.open(file)) {
            while (all.hasNext()) {
                lines += who.includes(all.next()) ? 1 : 0;
            }
            return lines;
        } catch (IOException | UncheckedIOException damaged) {
            LOG.error("{} of the archive cannot be read; who was forgotten may be in it", file.name(), damaged);
            return -1;
        }
    }
}
