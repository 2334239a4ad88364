package io.tappa.api.record;

import io.tappa.api.event.ServiceClock;
import io.tappa.api.event.VisitorPlaces;
import io.tappa.api.store.LogWalk;
import io.tappa.api.store.TurnedLogs;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.identity.VisitorKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All decisions on record, each once: those made since the turn of the log before this one come from the logs, which have them
 * all, and older ones from the archive. Of visitors who are being joined or parted meanwhile some may be missing, or come twice.
 */
@Component
public final class AllRecords {
    private static final int LOGS_AT_ONCE = 64;
    private static final long FIRST_STEP = Duration.ofDays(1).toMillis();
    private static final Comparator<Recorded> OLDEST_FIRST =
            Comparator.comparingLong(Recorded::atMillis).thenComparing(Recorded::uuid);

    private final Records records;
    private final VisitorStore visitors;
    private final VisitorPlaces places;
    private final LogWalk walk;
    private final TurnedLogs logs;
    private final ServiceClock clock;
    private final @Nullable Shelf shelf;

    AllRecords(
            Records records,
            VisitorStore visitors,
            LogWalk walk,
            TurnedLogs logs,
            ServiceClock clock,
            ObjectProvider<Shelf> shelf) {
        this.records = records;
        this.visitors = visitors;
        this.places = new VisitorPlaces(visitors);
        this.walk = walk;
        this.logs = logs;
        this.clock = clock;
        this.shelf = shelf.getIfAvailable();
    }

    /**
     * Which are wanted.
     *
     * @param fromMillis made at this moment or later, in milliseconds since 1970
     * @param toMillis made before this moment
     * @param visitor about whoever lives at this place or where it leads, or null for everybody
     */
    public record Wanted(
            long fromMillis, long toMillis, @Nullable VisitorKey visitor) {}

    /** Where to look, and from which moment on in the logs; no places are all places. */
    private record Search(Wanted wanted, @Nullable Set<VisitorKey> places, long wholeMillis) {
        boolean isOfLogs(Recorded recorded) {
            long at = recorded.atMillis();
            return at >= Math.max(wanted.fromMillis(), wholeMillis) && at < wanted.toMillis();
        }

        /** The last moment that is asked of the archive, and no more. */
        long archivedUntil() {
            return Math.min(wanted.toMillis(), wholeMillis);
        }
    }

    /**
     * All of them, read as fast as they are taken: those of the archive oldest first, then those of the logs. Of one visitor
     * these are oldest first as well; of all, those of each place are, and places come in no order.
     */
    public Flux<Recorded> of(Wanted wanted) {
        return search(wanted)
                .flatMapMany(search -> archived(search, wanted.fromMillis(), search.archivedUntil())
                        .concatWith(logged(search)));
    }

    private Mono<Search> search(Wanted wanted) {
        long whole = logs.wholeFromMillis(clock.millis());
        var visitor = wanted.visitor();
        return visitor == null
                ? Mono.just(new Search(wanted, null, whole))
                : visitors.home(visitor)
                        .flatMap(places::of)
                        .defaultIfEmpty(List.of(visitor))
                        .map(all -> new Search(wanted, Set.copyOf(all), whole));
    }

    private Flux<Recorded> archived(Search search, long fromMillis, long toMillis) {
        if (shelf == null || fromMillis >= toMillis) {
            return Flux.empty();
        }
        var some = search.places();
        return some == null ? shelf.between(fromMillis, toMillis) : shelf.at(some, fromMillis, toMillis);
    }

    private Flux<Recorded> logged(Search search) {
        var some = search.places();
        return some == null
                ? walk.places().flatMap(records::at, LOGS_AT_ONCE).filter(search::isOfLogs)
                : Flux.fromIterable(some)
                        .concatMap(records::at)
                        .filter(search::isOfLogs)
                        .distinct(Recorded::uuid)
                        .sort(OLDEST_FIRST);
    }

    /** The newest that {@code choice} leaves of them, at most {@code most}, oldest first. */
    public Mono<List<Recorded>> newest(Wanted wanted, int most, UnaryOperator<Flux<Recorded>> choice) {
        return search(wanted)
                .flatMap(search -> newest(choice.apply(logged(search)), most)
                        .map(found -> new Found(found, search.archivedUntil(), FIRST_STEP))
                        .expand(found -> found.isEnough(wanted, most)
                                ? Mono.empty()
                                : newest(
                                                choice.apply(found.before(this, search)),
                                                most - found.newest().size())
                                        .map(found::with))
                        .last()
                        .map(Found::newest));
    }

    /**
     * What was found of the archive by now. It is read backwards in steps that become longer, since files are read forwards.
     *
     * @param newest what was found, oldest first
     * @param beginMillis all from this moment on was looked at
     * @param stepMillis how much to look at next
     */
    private record Found(List<Recorded> newest, long beginMillis, long stepMillis) {
        private static long first(Wanted wanted) {
            return Math.max(wanted.fromMillis(), 0);
        }

        boolean isEnough(Wanted wanted, int most) {
            return newest.size() == most || beginMillis <= first(wanted);
        }

        Flux<Recorded> before(AllRecords all, Search search) {
            return all.archived(search, Math.max(beginMillis - stepMillis, first(search.wanted())), beginMillis);
        }

        Found with(List<Recorded> older) {
            var both = new ArrayList<>(older);
            both.addAll(newest);
            return new Found(both, beginMillis - stepMillis, 2 * stepMillis);
        }
    }

    private static Mono<List<Recorded>> newest(Flux<Recorded> some, int most) {
        return some.collect(() -> new TreeSet<>(OLDEST_FIRST), (newest, recorded) -> {
                    newest.add(recorded);
                    if (newest.size() > most) {
                        newest.pollFirst();
                    }
                })
                .map(List::copyOf);
    }
}
