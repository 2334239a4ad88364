package io.tappa.api.imports;

import io.tappa.api.event.ServiceClock;
import io.tappa.api.imports.RowSink.Taken;
import io.tappa.api.store.ImportJobs;
import io.tappa.api.store.ImportJobs.Counts;
import io.tappa.api.store.ImportJobs.Job;
import io.tappa.api.store.ImportJobs.RefusedLine;
import io.tappa.api.store.ImportJobs.State;
import io.tappa.api.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * One import on its way. Rows go to their sink some hundred at a time and one such batch after the other, so that what
 * happened to one person stays in order, and so that it is exact from which line to go on.
 */
final class ImportRun {
    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);
    private static final int MOST_ROWS = 400;
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int TRIES = 6;

    private final ImportJobs jobs;
    private final ServiceClock clock;
    private volatile Job job;

    private ImportRun(ImportJobs jobs, ServiceClock clock, Job job) {
        this.jobs = jobs;
        this.clock = clock;
        this.job = job;
    }

    /** Begins the job called {@code name}. */
    static Mono<ImportRun> begin(ImportJobs jobs, ServiceClock clock, String name, ImportKind kind) {
        var now = clock.received().toString();
        var run = new ImportRun(jobs, clock, new Job(name, kind.key(), State.RUNNING, now, now, Counts.NONE));
        return jobs.begin(run.job).thenReturn(run);
    }

    /** How far it is. */
    Job job() {
        return job;
    }

    /** Hands all rows to {@code sink}; done when the last is stored. */
    Mono<Void> take(Flux<Row> rows, RowSink sink) {
        return rows.bufferUntil(new Full())
                .concatMap(batch -> take(batch, sink), 1)
                .then();
    }

    /** Says of each row whether its batch is full with it, by rows or by size. */
    private static final class Full implements Predicate<Row> {
        private int rows;
        private int characters;

        @Override
        public boolean test(Row row) {
            rows++;
            characters += row.size();
            boolean full = rows >= MOST_ROWS || characters >= MOST_CHARACTERS;
            if (full) {
                rows = 0;
                characters = 0;
            }
            return full;
        }
    }

    private Mono<Void> take(List<Row> batch, RowSink sink) {
        return patiently(() -> sink.take(batch)).flatMap(taken -> count(batch, taken));
    }

    /** All that is asked of the store may be asked again. */
    private static <T> Mono<T> patiently(Supplier<Mono<T>> step) {
        return Mono.defer(step)
                .retryWhen(Retry.backoff(TRIES, Duration.ofMillis(100))
                        .maxBackoff(Duration.ofSeconds(2))
                        .filter(StoreUnavailable.class::isInstance)
                        .onRetryExhaustedThrow((retry, last) -> last.failure()));
    }

    private Mono<Void> count(List<Row> batch, Taken taken) {
        var before = job.counts();
        var counts = new Counts(
                before.lines() + batch.size(),
                before.accepted() + taken.accepted(),
                before.duplicates() + taken.duplicates(),
                before.refused() + taken.refused().size(),
                batch.get(batch.size() - 1).line() + 1);
        job = new Job(job.job(), job.kind(), job.state(), job.started(), now(), counts);
        return patiently(() -> refuse(before, taken.refused())).then(patiently(() -> jobs.save(job)));
    }

    private Mono<Void> refuse(Counts before, List<RefusedLine> refused) {
        return refused.isEmpty() || before.refused() >= ImportJobs.MOST_REFUSED
                ? Mono.empty()
                : jobs.refuse(job.job(), refused);
    }

    /** Writes how it ended; that this cannot be written is no failure of the import. */
    Mono<Void> end(State state) {
        job = new Job(job.job(), job.kind(), state, job.started(), now(), job.counts());
        LOG.info("Import {} of {} {}: {}", job.job(), job.kind(), state, job.counts());
        return jobs.save(job).onErrorResume(StoreUnavailable.class, away -> Mono.empty());
    }

    private String now() {
        return clock.received().toString();
    }
}
