package io.tappa.api.archive;

import io.tappa.api.archive.ArchiveLine.Made;
import io.tappa.api.archive.ArchiveLine.Outcome;
import io.tappa.api.body.Body;
import io.tappa.api.record.DecisionIds;
import io.tappa.api.record.Recorded;
import io.tappa.api.record.Records;
import io.tappa.api.record.Remade;
import io.tappa.api.store.ArchiveStore;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.TurnedLogs;
import io.tappa.engine.identity.VisitorKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Writes the decisions of turns of the log that have ended into the archive. A turn that is rolled again gives the same files,
 * so whoever dies at it leaves nothing to be repaired.
 */
final class Roller {
    /** How long after a turn has ended lines may still come, from nodes whose clocks are late. */
    static final Duration GRACE = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(Roller.class);
    /** How much longer than the archive keeps lines those who are forgotten are noted. */
    private static final Duration LONGER = Duration.ofDays(7);
    /** Turns of which anything is left. */
    private static final int READABLE = 2;

    private static final int LOGS_AT_ONCE = 8;

    private final ArchiveStore store;
    private final TurnedLogs logs;
    private final Records records;
    private final ArchiveFolder folder;
    private final Ownership ownership;
    private final ArchiveMetrics metrics;
    private final Duration retention;

    Roller(
            ArchiveStore store,
            TurnedLogs logs,
            Records records,
            ArchiveFolder folder,
            Ownership ownership,
            ArchiveMetrics metrics,
            Duration retention) {
        this.store = store;
        this.logs = logs;
        this.records = records;
        this.folder = folder;
        this.ownership = ownership;
        this.metrics = metrics;
        this.retention = retention;
    }

    /** The newest turn that can be rolled. */
    private long newestTurn(long nowMillis) {
        return logs.turn(nowMillis - GRACE.toMillis()) - 1;
    }

    /** The turns to roll, oldest first, and how many cannot be any more or not wholly. */
    record Due(List<Long> turns, long missed) {
        /**
         * What is due where {@code rolled} was the last. Of a turn before {@code newest} some lines are gone. The clock of another
         * node may be a little ahead; where it was set back, all begins anew.
         */
        static Due of(long rolled, long newest) {
            boolean knows = rolled != ArchiveStore.NEVER && rolled <= newest + 1;
            long first = Math.max(knows ? rolled + 1 : 0, newest - READABLE + 1);
            var turns = LongStream.rangeClosed(first, newest).boxed().toList();
            return new Due(turns, knows ? Math.max(0, newest - rolled - 1) : 0);
        }
    }

    /** Whether anything is due where {@code rolled} was the last. */
    boolean isDue(long rolled, long nowMillis) {
        return !Due.of(rolled, newestTurn(nowMillis)).turns().isEmpty();
    }

    /** Rolls what is due of a group that is claimed; answers how many lines the archive has got. */
    Mono<Long> roll(int group, long nowMillis, Holding.Claim claim) {
        long newest = newestTurn(nowMillis);
        return store.rolledTurn(group).flatMap(rolled -> {
            var due = Due.of(rolled, newest);
            if (due.missed() > 0) {
                metrics.missed(due.missed());
                LOG.error(
                        "{} turns of the logs of group {} were not archived in time; decisions may be missing",
                        due.missed(),
                        group);
            }
            return Flux.fromIterable(due.turns())
                    .concatMap(turn -> rollTurn(group, turn, nowMillis, claim))
                    .reduce(0L, Long::sum);
        });
    }

    private Mono<Long> rollTurn(int group, long turn, long nowMillis, Holding.Claim claim) {
        return records.ids()
                .flatMap(ids -> Mono.using(
                        () -> new Spill(folder.work(group)),
                        spill -> spilled(group, turn, nowMillis, ids, spill).then(written(group, spill, claim)),
                        Roller::close))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(lines -> store.noteRolled(group, turn).thenReturn(lines));
    }

    /** A line of the log of a place. */
    private record Logged(VisitorKey place, LogLine line) {}

    private Mono<Void> spilled(int group, long turn, long nowMillis, DecisionIds ids, Spill spill) {
        var kept = new HashSet<String>();
        return Flux.range(group * ArchiveStore.SHARDS_EACH, ArchiveStore.SHARDS_EACH)
                .concatMap(shard -> places(shard, turn))
                .flatMap(place -> decisions(place, turn), LOGS_AT_ONCE)
                .concatMap(logged -> made(ids, logged).subscribeOn(Schedulers.boundedElastic()))
                .publishOn(Schedulers.boundedElastic())
                .concatMap(made ->
                        keepAround(made.around(), kept, nowMillis).then(Mono.fromRunnable(() -> keep(spill, made))))
                .then();
    }

    /** Whoever is forgotten once their lines were read must be noted, so that is seen to before. */
    private Flux<VisitorKey> places(int shard, long turn) {
        var places = logs.places(shard, turn);
        return places.hasElements()
                .filter(any -> any)
                .flatMapMany(
                        any -> store.holdsLines(shard, retention.plus(LONGER)).thenMany(places));
    }

    private Flux<Logged> decisions(VisitorKey place, long turn) {
        return logs.lines(place, turn)
                .filter(line -> line.kind() == LogLine.Kind.DECISION)
                .map(line -> new Logged(place, line));
    }

    /** A line that cannot be read, or a decision that cannot be made again, must not keep all others out of the archive. */
    private Mono<Made> made(DecisionIds ids, Logged logged) {
        return Mono.defer(() -> {
                    var line = logged.line();
                    var recorded = new Recorded(logged.place(), Body.parsed(line.text()));
                    return remade(recorded)
                            .map(remade -> ArchiveLine.of(ids, line, recorded, remade.orElse(null)))
                            .switchIfEmpty(Mono.fromSupplier(() -> ArchiveLine.ofUnknownPack(ids, line, recorded)));
                })
                .onErrorResume(Roller::isOfTheLine, damaged -> {
                    LOG.error(
                            "A line of the log of {} cannot be read",
                            logged.place().text(),
                            damaged);
                    return Mono.empty();
                });
    }

    /** What surrounded a decision goes beside the files before the first line that names it. */
    private Mono<Void> keepAround(String hash, Set<String> kept, long nowMillis) {
        if (hash.isEmpty() || !kept.add(hash)) {
            return Mono.empty();
        }
        return Mono.fromCallable(() -> folder.around().stays(hash, nowMillis))
                .filter(here -> !here)
                .flatMap(missing -> records.surroundings(hash))
                .flatMap(json -> Mono.fromCallable(() -> {
                            folder.around().keep(hash, json, nowMillis);
                            return json;
                        })
                        .subscribeOn(Schedulers.boundedElastic()))
                .then();
    }

    /** Empty where the pack is not known, nothing where the decision cannot be made. */
    private Mono<Optional<Remade>> remade(Recorded recorded) {
        return records.remake(recorded).map(Optional::of).onErrorResume(Roller::isOfTheLine, failed -> {
            LOG.error("Decision {} cannot be made again", recorded.uuid(), failed);
            return Mono.just(Optional.empty());
        });
    }

    private static boolean isOfTheLine(Throwable failure) {
        return !(failure instanceof StoreUnavailable);
    }

    private void keep(Spill spill, Made made) {
        if (made.outcome() != Outcome.SAME) {
            metrics.unverified(made.outcome());
        }
        try {
            spill.add(made.hour(), made.line());
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private Mono<Long> written(int group, Spill spill, Holding.Claim claim) {
        return Mono.fromCallable(spill::hours)
                .flatMap(hours -> hours.isEmpty()
                        ? Mono.just(0L)
                        : ownership
                                .take()
                                .then(Mono.fromCallable(() -> write(group, spill, claim))
                                        .subscribeOn(Schedulers.boundedElastic())));
    }

    private long write(int group, Spill spill, Holding.Claim claim) throws IOException {
        long all = 0;
        for (long hour : spill.hours()) {
            long added = write(new HourFile(hour, group), spill, claim);
            metrics.archived(added);
            all += added;
        }
        folder.clean(group);
        return all;
    }

    /** The lines that the file has and those that are new. */
    private long write(HourFile file, Spill spill, Holding.Claim claim) throws IOException {
        var parts = new ArrayList<Lines>();
        try (var known = folder.open(file)) {
            for (var part : spill.sorted(file.hour())) {
                parts.add(Lines.of(part));
            }
            var merged = new Merged(known, parts);
            folder.write(file, spill.work(), merged, claim);
            return merged.added();
        } finally {
            for (var part : parts) {
                part.close();
            }
        }
    }

    private static void close(Spill spill) {
        try {
            spill.close();
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }
}
