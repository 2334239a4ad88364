package io.tappa.api.decision;

import io.tappa.api.event.Change;
import io.tappa.api.event.VisitorChanger;
import io.tappa.api.event.VisitorChanger.Made;
import io.tappa.api.products.LiveProducts;
import io.tappa.api.store.Home;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.transition.Transition;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** Decides: one read, one pure decision, one write; a lost race decides again on what the winner wrote. */
final class DecisionService {
    private static final String OUT_OF_TIME = "out-of-time";
    private static final String STORE_UNAVAILABLE = "store-unavailable";
    private static final String EVENTS_NOT_SAVED = "events-not-saved";

    private final VisitorChanger changer;
    private final LiveProducts products;
    private final DecisionRecord records = new DecisionRecord();
    private final Duration budget;
    private final int conflictRetries;

    DecisionService(VisitorChanger changer, LiveProducts products, Duration budget, int conflictRetries) {
        this.changer = changer;
        this.products = products;
        this.budget = budget;
        this.conflictRetries = conflictRetries;
    }

    /** The answer within the budget; the declared fallbacks, flagged, when the store does not let us do better. */
    Mono<Answer> decide(Question question) {
        var change = new Change(
                question.pack(),
                question.ids(),
                question.events(),
                question.request().atMillis(),
                conflictRetries);
        var news = products.now();
        return changer.change(change, (home, transition, degraded) -> make(question, news, home, transition, degraded))
                .timeout(budget, Mono.fromSupplier(() -> fallback(question, OUT_OF_TIME)))
                .onErrorResume(StoreUnavailable.class, gone -> Mono.just(fallback(question, STORE_UNAVAILABLE)));
    }

    private Made<Answer> make(
            Question question, ProductNews news, Home home, Transition transition, List<String> degraded) {
        var pack = question.pack();
        var request = question.request();
        var after = transition.state();
        var facts =
                pack.factsFor(after, request.atMillis(), request.touchpoint().key(), request.context(), news);
        var decision = Decider.decide(pack, facts, after.contacts(), request);
        var state = decision.contacts().equals(after.contacts()) ? after : after.with(decision.contacts());
        var id = DecisionId.at(request.atMillis(), home.key());
        var record = records.of(question, id, state.version(), facts, decision);
        return new Made<>(state, List.of(record), new Answer(id, state.now(), facts, decision, degraded));
    }

    private static Answer fallback(Question question, String why) {
        var request = question.request();
        var nobody = question.pack()
                .factsFor(
                        VisitorState.UNSEEN,
                        request.atMillis(),
                        request.touchpoint().key(),
                        request.context());
        var decision = Decider.fallback(question.pack(), nobody, request, why);
        var id = DecisionId.at(request.atMillis(), VisitorKey.of(question.ids().lane()));
        var degraded = question.events().isEmpty() ? List.of(why) : List.of(why, EVENTS_NOT_SAVED);
        return new Answer(id, VisitorState.UNSEEN.now(), nobody, decision, degraded);
    }
}
