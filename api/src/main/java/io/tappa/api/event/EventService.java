package io.tappa.api.event;

import io.tappa.api.pack.LivePack;
import io.tappa.api.store.Home;
import io.tappa.api.store.Located;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.transition.Reception;
import io.tappa.engine.transition.Transition;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    private static final int MOST_LOSSES = 3;
    private static final int VISITORS_AT_ONCE = 64;

    private final VisitorStore visitors;
    private final LivePack live;
    private final VisitorNews news;
    private final ServiceClock clock;

    EventService(VisitorStore visitors, LivePack live, VisitorNews news, ServiceClock clock) {
        this.visitors = visitors;
        this.live = live;
        this.news = news;
        this.clock = clock;
    }

    /** Counts {@code events}, those of one person one after the other in the order given. */
    public Mono<BatchResult> accept(List<IncomingEvent> events) {
        var pack = live.now();
        events.forEach(incoming -> clock.observe(incoming.event().time()));
        return Flux.fromIterable(Batch.byPerson(events))
                .flatMapDelayError(runs -> acceptPerson(pack, runs), VISITORS_AT_ONCE, VISITORS_AT_ONCE)
                .reduce(BatchResult.NOTHING, BatchResult::plus)
                .onErrorMap(EventService::isOfStore, failed -> new StoreUnavailable("a visitor was not saved", failed));
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
        return accept(pack, run, MOST_LOSSES);
    }

    private Mono<BatchResult> accept(PackSnapshot pack, List<IncomingEvent> run, int tries) {
        var ids = run.get(0).event().ids();
        return visitors.locate(ids)
                .flatMap(located -> located instanceof Located.At at
                        ? acceptAt(pack, run, at.home(), tries)
                        : Mono.just(conflict(run, ids)));
    }

    private Mono<BatchResult> acceptAt(PackSnapshot pack, List<IncomingEvent> run, Home home, int tries) {
        if (home.unlinked().isEmpty()) {
            return write(pack, run, home, tries);
        }
        return visitors.link(home.unlinked(), home.key())
                .flatMap(linked -> linked ? write(pack, run, home, tries) : again(pack, run, tries));
    }

    private Mono<BatchResult> again(PackSnapshot pack, List<IncomingEvent> run, int tries) {
        return tries == 0
                ? Mono.error(new StoreUnavailable("lost %d races for one visitor".formatted(MOST_LOSSES)))
                : accept(pack, run, tries - 1);
    }

    private Mono<BatchResult> write(PackSnapshot pack, List<IncomingEvent> run, Home home, int tries) {
        return seenElsewhere(run, home)
                .map(seen -> Transitions.apply(
                        pack,
                        home.state(),
                        run.stream().map(IncomingEvent::event).toList(),
                        clock.millis(),
                        seen))
                .flatMap(transition -> save(pack, run, home, transition, tries));
    }

    private Mono<Set<Long>> seenElsewhere(List<IncomingEvent> run, Home home) {
        if (!home.state().seen().spilled()) {
            return Mono.just(Set.of());
        }
        return visitors.spilled(
                home.key(),
                run.stream()
                        .map(incoming -> Hashes.first64(incoming.event().messageId()))
                        .toList());
    }

    private Mono<BatchResult> save(
            PackSnapshot pack, List<IncomingEvent> run, Home home, Transition transition, int tries) {
        var result = result(transition);
        if (result.accepted() == 0) {
            return Mono.just(result);
        }
        var write = new VisitorWrite(
                home.key(),
                home.state().version(),
                transition.state(),
                transition.counts(),
                transition.spilled(),
                log(run, transition));
        return visitors.save(write).flatMap(saved -> {
            if (saved instanceof SaveResult.Saved) {
                news.changed(home.key());
                return Mono.just(result);
            }
            return lost(pack, run, home, saved, tries);
        });
    }

    private Mono<BatchResult> lost(PackSnapshot pack, List<IncomingEvent> run, Home home, SaveResult saved, int tries) {
        if (tries > 0 && saved instanceof SaveResult.Lost lost) {
            VisitorState current = lost.current();
            return write(pack, run, new Home(home.key(), current, List.of()), tries - 1);
        }
        return again(pack, run, tries);
    }

    private static BatchResult result(Transition transition) {
        int duplicates = (int) transition.receptions().stream()
                .filter(reception -> reception == Reception.DUPLICATE)
                .count();
        return new BatchResult(transition.receptions().size() - duplicates, duplicates, List.of());
    }

    private static List<LogLine> log(List<IncomingEvent> run, Transition transition) {
        var lines = new ArrayList<LogLine>();
        for (int i = 0; i < run.size(); i++) {
            if (transition.receptions().get(i) != Reception.DUPLICATE) {
                lines.add(new LogLine(LogLine.Kind.EVENT, run.get(i).raw()));
            }
        }
        return lines;
    }

    private static BatchResult conflict(List<IncomingEvent> run, Identities ids) {
        var user = ids.userId() == null ? "" : ids.userId().value();
        return new BatchResult(
                0,
                0,
                run.stream()
                        .map(incoming -> new Refusal(
                                incoming.index(),
                                incoming.event().messageId(),
                                Problem.error(
                                        "identity-conflict",
                                        Place.pointer("/userId"),
                                        "The anonymousId already belongs to somebody other than the userId \"%s\"."
                                                .formatted(user),
                                        "Use a new anonymousId after another person has signed in.")))
                        .toList());
    }
}
