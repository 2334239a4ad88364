package io.tappa.api.decision;

import io.tappa.api.event.ServiceClock;
import io.tappa.api.record.Around;
import io.tappa.api.record.Records;
import io.tappa.engine.arbitration.Propensities;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.pause.Pauses;
import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** What surrounds decisions now; kept before the first of them is made with it, so that its record can name it. */
public final class LiveSurroundings {
    private static final long KEPT_AGAIN = Duration.ofDays(1).toMillis();

    private final Records records;
    private final Supplier<Pauses> pauses;
    private final Supplier<Propensities> propensities;
    private final Supplier<SortedSet<String>> soldOut;
    private final ServiceClock clock;
    private final AtomicReference<Kept> kept = new AtomicReference<>(new Kept(Around.NONE, Long.MAX_VALUE));

    /** What is kept, and until when without doing it again. */
    private record Kept(Around around, long untilMillis) {}

    LiveSurroundings(
            Records records,
            Supplier<Pauses> pauses,
            Supplier<Propensities> propensities,
            Supplier<SortedSet<String>> soldOut,
            ServiceClock clock) {
        this.records = records;
        this.pauses = pauses;
        this.propensities = propensities;
        this.soldOut = soldOut;
        this.clock = clock;
    }

    /** What surrounds a decision that is made now, kept or not. */
    public Surroundings unkept() {
        return new Surroundings(pauses.get(), propensities.get(), soldOut.get());
    }

    /** The same, kept; an error while the store is away and it is new. */
    Mono<Around> now() {
        var last = kept.get();
        var known = last.around().value();
        boolean same = known.pauses().equals(pauses.get())
                && known.propensities().equals(propensities.get())
                && known.soldOut().equals(soldOut.get());
        if (same && clock.millis() < last.untilMillis()) {
            return Mono.just(last.around());
        }
        var value = same ? known : unkept();
        return records.keep(value)
                .doOnNext(around -> kept.set(
                        new Kept(around, around.hash().isEmpty() ? Long.MAX_VALUE : clock.millis() + KEPT_AGAIN)));
    }
}
