package io.tappa.api.archive;

import io.tappa.api.archive.Ownership.Where;
import io.tappa.api.archive.Sweeper.Swept;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.rounds.Rounds;
import io.tappa.api.store.ArchiveStore;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks now and then whether a turn of the log is to be rolled, people are to be struck, or files have had their time. */
final class ArchiveService extends Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveService.class);
    private static final Duration AGAIN = Duration.ofHours(1);

    private final Archivists archivists;
    private final ArchiveStore store;
    private final ServiceClock clock;
    private final ArchiveSettings settings;
    private final Duration retention;
    private volatile boolean complained;
    private volatile long deletedHour = Long.MIN_VALUE;

    ArchiveService(
            Archivists archivists,
            ArchiveStore store,
            ServiceClock clock,
            ArchiveSettings settings,
            Duration retention) {
        super(settings.pause(), "The archive was not looked after");
        this.archivists = archivists;
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.retention = retention;
    }

    /**
     * Who does the work.
     *
     * @param folder keeps the files
     * @param ownership knows whose they are
     * @param holding lets one node at a time do it
     * @param roller writes new lines
     * @param sweeper strikes people
     * @param metrics count what they do
     */
    record Archivists(
            ArchiveFolder folder,
            Ownership ownership,
            Holding holding,
            Roller roller,
            Sweeper sweeper,
            ArchiveMetrics metrics) {}

    /** Looks once, and does what is to be done. */
    @Override
    protected Mono<Void> round() {
        long now = clock.millis();
        return archivists
                .ownership()
                .where()
                .flatMap(where -> where == Where.ELSEWHERE ? complain() : round(where, now))
                .doOnSuccess(done -> archivists.metrics().round());
    }

    private Mono<Void> round(Where where, long nowMillis) {
        complained = false;
        return (settings.enabled() ? roll(nowMillis) : Mono.<Void>empty())
                .then(sweepIfDue(nowMillis))
                .then(where == Where.HERE ? deleteOld(nowMillis) : Mono.empty());
    }

    private Mono<Void> complain() {
        if (!complained) {
            complained = true;
            LOG.error(archivists.ownership().elsewhere().getMessage());
        }
        return Mono.empty();
    }

    private Mono<Void> roll(long nowMillis) {
        return Flux.range(0, ArchiveStore.GROUPS)
                .concatMap(group -> roll(group, nowMillis))
                .then();
    }

    private Mono<Long> roll(int group, long nowMillis) {
        var roller = archivists.roller();
        return store.rolledTurn(group)
                .filter(rolled -> roller.isDue(rolled, nowMillis))
                .flatMap(due -> archivists.holding().on(group, claim -> roller.roll(group, nowMillis, claim)))
                .filter(lines -> lines > 0)
                .doOnNext(lines -> LOG.info("{} decisions of group {} were archived", lines, group));
    }

    private Mono<Void> sweepIfDue(long nowMillis) {
        return store.sweptMillis()
                .filter(swept -> swept > nowMillis
                        || nowMillis - swept >= settings.sweep().toMillis())
                .flatMap(due -> sweep(nowMillis))
                .then();
    }

    /** Where another node was at work it is tried again before long. */
    private Mono<Swept> sweep(long nowMillis) {
        return archivists.sweeper().sweep().flatMap(swept -> {
            long until =
                    swept.busy() == 0 ? nowMillis : nowMillis - settings.sweep().toMillis() + AGAIN.toMillis();
            return store.noteSwept(until).thenReturn(swept);
        });
    }

    private Mono<Void> deleteOld(long nowMillis) {
        long hour = HourFile.hourOf(nowMillis);
        if (hour == deletedHour) {
            return Mono.empty();
        }
        return Mono.fromCallable(() -> archivists.folder().deleteBefore(nowMillis - retention.toMillis()))
                .subscribeOn(Schedulers.boundedElastic())
                .doOnNext(deleted -> deletedHour = hour)
                .then();
    }

    /** Sweeps now; fails with {@link Ownership.Elsewhere} where the archive is not here. */
    Mono<Swept> sweep() {
        return archivists
                .ownership()
                .where()
                .flatMap(where -> where == Where.ELSEWHERE
                        ? Mono.error(archivists.ownership().elsewhere())
                        : sweep(clock.millis()));
    }
}
