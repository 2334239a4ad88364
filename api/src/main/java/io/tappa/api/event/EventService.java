package io.tappa.api.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.event.VisitorChanger.Made;
import io.tappa.api.pack.LivePack;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.transition.Transition;
import java.util.ArrayList;
import java.util.List;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts events: one read, one pure transition and one atomic write for each visitor of a batch.
 *
 * <p>Answers only once everything is written; when the store fails for any visitor the whole batch fails, and sending it
 * again counts nothing twice.
 */
public final class EventService {
    private static final String EVENTS = "tappa.events";
    private static final String OUTCOME = "outcome";
    private static final int MOST_LOSSES = 3;
    private static final int VISITORS_AT_ONCE = 64;

    private final VisitorChanger changer;
    private final LivePack live;
    private final ServiceClock clock;
    private final MeterRegistry metrics;

    EventService(VisitorChanger changer, LivePack live, ServiceClock clock, MeterRegistry metrics) {
        this.changer = changer;
        this.live = live;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Counts {@code events}, those of one person one after the other in the order given.
     *
     * @param refused events of the same batch that the edge could not accept; they are part of the result
     */
    public Mono<BatchResult> accept(List<IncomingEvent> events, List<Refusal> refused) {
        var pack = live.now();
        events.forEach(incoming -> clock.observe(incoming.event().time()));
        return Flux.fromIterable(Batch.byPerson(events))
                .flatMapDelayError(runs -> acceptPerson(pack, runs), VISITORS_AT_ONCE, VISITORS_AT_ONCE)
                .reduce(new BatchResult(0, 0, 0, refused, List.of()), BatchResult::plus)
                .doOnNext(this::count)
                .onErrorMap(EventService::isOfStore, failed -> new StoreUnavailable("a visitor was not saved", failed));
    }

    private void count(BatchResult result) {
        metrics.counter(EVENTS, OUTCOME, "accepted").increment(result.accepted());
        metrics.counter(EVENTS, OUTCOME, "late").increment(result.late());
        metrics.counter(EVENTS, OUTCOME, "duplicate").increment(result.duplicates());
        metrics.counter(EVENTS, OUTCOME, "refused").increment(result.refused().size());
    }

    /** Several people may fail at once; it is the store's failure only if it is so for all of them. */
    private static boolean isOfStore(Throwable failure) {
        return Exceptions.isMultiple(failure)
                && Exceptions.unwrapMultiple(failure).stream().allMatch(StoreUnavailable.class::isInstance);
    }

    private Mono<BatchResult> acceptPerson(PackSnapshot pack, List<List<IncomingEvent>> runs) {
        return Flux.fromIterable(runs)
                .concatMap(run -> accept(pack, run))
                .reduce(BatchResult.NOTHING, BatchResult::plus);
    }

    private Mono<BatchResult> accept(PackSnapshot pack, List<IncomingEvent> run) {
        var ids = run.get(0).event().ids();
        var change = new Change(pack, ids, run, clock.millis(), MOST_LOSSES);
        return changer.change(
                change,
                (home, transition, degraded) ->
                        Mono.just(new Made<>(transition.state(), List.of(), result(run, transition, degraded))));
    }

    private static BatchResult result(List<IncomingEvent> run, Transition transition, List<String> degraded) {
        var refused = new ArrayList<Refusal>();
        int duplicates = 0;
        int late = 0;
        for (int i = 0; i < run.size(); i++) {
            switch (transition.receptions().get(i)) {
                case DUPLICATE -> duplicates++;
                case ERASED -> refused.add(erased(run.get(i)));
                case LATE -> late++;
                case COUNTED -> {}
            }
        }
        int accepted = run.size() - duplicates - refused.size();
        return new BatchResult(accepted, late, duplicates, refused, degraded);
    }

    private static Refusal erased(IncomingEvent incoming) {
        return new Refusal(
                incoming.index(),
                incoming.event().messageId(),
                Problem.error(
                        "erased",
                        Place.pointer(incoming.pointer()),
                        "It happened before this person was erased.",
                        "Nothing is to be done; only what happens from now on counts."));
    }
}
