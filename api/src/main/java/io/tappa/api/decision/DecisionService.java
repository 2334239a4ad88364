package io.tappa.api.decision;

import io.tappa.api.event.IncomingEvent;
import io.tappa.api.event.VisitorNews;
import io.tappa.api.store.Home;
import io.tappa.api.store.Located;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.transition.Reception;
import io.tappa.engine.transition.Transition;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Decides: one read, one pure decision, one write; a lost race decides again on what the winner wrote. */
final class DecisionService {
    private static final String OUT_OF_TIME = "out-of-time";
    private static final String STORE_UNAVAILABLE = "store-unavailable";
    private static final String EVENTS_NOT_SAVED = "events-not-saved";

    private final VisitorStore visitors;
    private final VisitorNews news;
    private final DecisionRecord records = new DecisionRecord();
    private final Duration budget;
    private final int conflictRetries;

    DecisionService(VisitorStore visitors, VisitorNews news, Duration budget, int conflictRetries) {
        this.visitors = visitors;
        this.news = news;
        this.budget = budget;
        this.conflictRetries = conflictRetries;
    }

    /** The answer within the budget; the declared fallbacks, flagged, when the store does not let us do better. */
    Mono<Answer> decide(Question question) {
        return locate(question, conflictRetries)
                .timeout(budget, Mono.fromSupplier(() -> fallback(question, OUT_OF_TIME)))
                .onErrorResume(StoreUnavailable.class, gone -> Mono.just(fallback(question, STORE_UNAVAILABLE)));
    }

    private Mono<Answer> locate(Question question, int tries) {
        return home(question.ids()).flatMap(home -> linked(question, home, tries));
    }

    /** Of two visitors behind the ids, the person who signed in counts. */
    private Mono<Home> home(Identities ids) {
        return visitors.locate(ids).flatMap(located -> {
            var userId = ids.userId();
            if (located instanceof Located.At at) {
                return Mono.just(at.home());
            }
            return home(new Identities(null, userId));
        });
    }

    private Mono<Answer> linked(Question question, Home home, int tries) {
        if (question.events().isEmpty() || home.unlinked().isEmpty()) {
            return decideAt(question, home, tries);
        }
        return visitors.link(home.unlinked(), home.key())
                .flatMap(linked -> linked ? decideAt(question, home, tries) : again(question, tries));
    }

    private Mono<Answer> again(Question question, int tries) {
        return tries == 0
                ? Mono.error(new StoreUnavailable("lost every race for one visitor"))
                : locate(question, tries - 1);
    }

    private Mono<Answer> decideAt(Question question, Home home, int tries) {
        return seenElsewhere(question, home).flatMap(seen -> {
            var made = make(question, home, seen);
            return remember(question, home, made, tries);
        });
    }

    private Mono<Set<Long>> seenElsewhere(Question question, Home home) {
        if (!home.state().seen().spilled() || question.events().isEmpty()) {
            return Mono.just(Set.of());
        }
        return visitors.spilled(
                home.key(),
                question.events().stream()
                        .map(incoming -> Hashes.first64(incoming.event().messageId()))
                        .toList());
    }

    /**
     * A decision and all that follows from it.
     *
     * @param transition what the events changed
     * @param state the state to remember
     * @param facts what rules looked at
     * @param decision what to show
     */
    private record Made(Transition transition, VisitorState state, FactValues facts, Decision decision) {}

    private static Made make(Question question, Home home, Set<Long> seen) {
        var request = question.request();
        var transition = Transitions.apply(
                question.pack(),
                home.state(),
                question.events().stream().map(IncomingEvent::event).toList(),
                request.atMillis(),
                seen);
        var after = transition.state();
        var facts = question.pack()
                .factsFor(after, request.atMillis(), request.touchpoint().key(), request.context());
        var decision = Decider.decide(question.pack(), facts, after.contacts(), request);
        var state = decision.contacts().equals(after.contacts()) ? after : after.with(decision.contacts());
        return new Made(transition, state, facts, decision);
    }

    private Mono<Answer> remember(Question question, Home home, Made made, int tries) {
        var id = DecisionId.at(question.request().atMillis(), home.key());
        var record = records.of(question, id, made.state().version(), made.facts(), made.decision());
        var answer = new Answer(id, made.state().now(), made.decision(), List.of());
        if (made.state().version() == home.state().version()) {
            return visitors.append(home.key(), record).thenReturn(answer);
        }
        var write = new VisitorWrite(
                home.key(),
                home.state().version(),
                made.state(),
                made.transition().counts(),
                made.transition().spilled(),
                log(question, made, record));
        return visitors.save(write).flatMap(saved -> saved(question, home.key(), saved, answer, tries));
    }

    private Mono<Answer> saved(Question question, VisitorKey key, SaveResult saved, Answer answer, int tries) {
        if (saved instanceof SaveResult.Saved) {
            news.changed(key);
            return Mono.just(answer);
        }
        if (tries > 0 && saved instanceof SaveResult.Lost lost) {
            return decideAt(question, new Home(key, lost.current(), List.of()), tries - 1);
        }
        return again(question, tries);
    }

    private static List<LogLine> log(Question question, Made made, LogLine record) {
        var lines = new ArrayList<LogLine>();
        for (int i = 0; i < question.events().size(); i++) {
            if (made.transition().receptions().get(i) != Reception.DUPLICATE) {
                lines.add(
                        new LogLine(LogLine.Kind.EVENT, question.events().get(i).raw()));
            }
        }
        lines.add(record);
        return lines;
    }

    private static Answer fallback(Question question, String why) {
        var request = question.request();
        var nobody = question.pack()
                .factsFor(
                        VisitorState.UNSEEN,
                        request.atMillis(),
                        request.touchpoint().key(),
                        request.context());
        var decision = Decider.fallback(question.pack(), nobody, request, "degraded: " + why);
        var id = DecisionId.at(request.atMillis(), VisitorKey.of(question.ids().lane()));
        var degraded = question.events().isEmpty() ? List.of(why) : List.of(why, EVENTS_NOT_SAVED);
        return new Answer(id, VisitorState.UNSEEN.now(), decision, degraded);
    }
}
