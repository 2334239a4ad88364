package io.tappa.api.decision;

import io.tappa.api.event.Change;
import io.tappa.api.event.VisitorChanger;
import io.tappa.api.event.VisitorChanger.Made;
import io.tappa.api.lists.FoundProducts;
import io.tappa.api.lists.ProductFinder;
import io.tappa.api.products.LiveProducts;
import io.tappa.api.record.Around;
import io.tappa.api.record.DecisionIds;
import io.tappa.api.record.RecordWriter;
import io.tappa.api.record.Records;
import io.tappa.api.scarcity.Reservations;
import io.tappa.api.scarcity.Reservations.Settled;
import io.tappa.api.scarcity.Reservations.Whom;
import io.tappa.api.store.Home;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Grants;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.Permissions;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.outcome.Outcomes;
import io.tappa.engine.outcome.Outcomes.Heard;
import io.tappa.engine.outcome.Tally;
import io.tappa.engine.pack.Lots;
import io.tappa.engine.transition.Transition;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.Memory;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Decides: one read, one pure decision, one write; a lost race decides again on what the winner wrote. */
final class DecisionService {
    private static final String OUT_OF_TIME = "out-of-time";
    private static final String STORE_UNAVAILABLE = "store-unavailable";
    private static final String EVENTS_NOT_SAVED = "events-not-saved";

    private final VisitorChanger changer;
    private final LiveProducts products;
    private final ProductFinder lists;
    private final Records records;
    private final LiveSurroundings surroundings;
    private final Reservations reservations;
    private final RecordWriter writer = new RecordWriter();
    private final Duration budget;
    private final int conflictRetries;

    DecisionService(
            VisitorChanger changer,
            LiveProducts products,
            ProductFinder lists,
            Records records,
            LiveSurroundings surroundings,
            Reservations reservations,
            Duration budget,
            int conflictRetries) {
        this.changer = changer;
        this.products = products;
        this.lists = lists;
        this.records = records;
        this.surroundings = surroundings;
        this.reservations = reservations;
        this.budget = budget;
        this.conflictRetries = conflictRetries;
    }

    /** What a decision is made with beside the question and the visitor; the same after a lost race, but for products. */
    private record Occasion(DecisionIds ids, UUID id, ProductNews news, Around around, FoundProducts found) {
        Occasion with(FoundProducts products) {
            return new Occasion(ids, id, news, around, products);
        }
    }

    /** The answer within the budget; the declared fallbacks, flagged, when the store does not let us do better. */
    Mono<Answer> decide(Question question) {
        var id = DecisionIds.next(question.request().atMillis());
        var news = products.now();
        var asked =
                new Change(question.pack(), question.ids(), question.events(), question.nowMillis(), conflictRetries);
        var change = question.options().dry() ? asked : asked.writing();
        return records.ids()
                .flatMap(known -> surroundings.now().flatMap(around -> {
                    var occasion = new Occasion(known, id, news, around, FoundProducts.NONE);
                    return changer.change(
                            change,
                            (home, transition, degraded) -> make(question, occasion, home, transition, degraded));
                }))
                .timeout(budget(question), Mono.fromSupplier(() -> fallback(question, id, OUT_OF_TIME)))
                .onErrorResume(StoreUnavailable.class, gone -> Mono.just(fallback(question, id, STORE_UNAVAILABLE)));
    }

    private Duration budget(Question question) {
        var asked = question.options().budget();
        return asked == null || asked.compareTo(budget) > 0 ? budget : asked;
    }

    private Mono<Made<Answer>> make(
            Question question, Occasion occasion, Home home, Transition transition, List<String> degraded) {
        var pack = question.pack();
        var after = transition.state();
        if (question.options().dry()) {
            var then = waking(question, after);
            return lists.findForAnything(pack, question.request(), then).map(found -> {
                var answer = looked(question, occasion.with(found), home.key(), then, after, degraded);
                return new Made<>(after, List.of(), answer);
            });
        }
        return lists.find(pack, question.request(), after)
                .flatMap(found -> decided(question, occasion.with(found), home, transition, degraded));
    }

    /** The answer that leaves no trace, about the visitor as {@code then}. */
    private static Answer looked(
            Question question,
            Occasion occasion,
            VisitorKey key,
            VisitorState then,
            VisitorState after,
            List<String> degraded) {
        var inputs = inputs(question, occasion, key, then).with(Grants.imagined(question.pack()));
        var decision = Decider.decide(question.pack(), inputs, QaLink.forced(question, occasion.ids()));
        var id = DecisionIds.unrecorded(occasion.id(), key);
        return new Answer(id, after.now(), inputs.facts(), decision, occasion.found(), degraded);
    }

    private Mono<Made<Answer>> decided(
            Question question, Occasion occasion, Home home, Transition transition, List<String> degraded) {
        var after = transition.state();
        var whom = new Whom(occasion.id(), new Home(home.key(), after), !transition.ended(), question.nowMillis());
        return reservations
                .settle(question.pack(), inputs(question, occasion, home.key(), after), whom)
                .map(settled -> remembered(question, occasion, home, after, settled, degraded));
    }

    private Made<Answer> remembered(
            Question question,
            Occasion occasion,
            Home home,
            VisitorState after,
            Settled settled,
            List<String> degraded) {
        var inputs = settled.inputs();
        var decision = settled.decision();
        var begun = after.isLight()
                ? new Heard(decision.memory(), Tally.NONE)
                : Outcomes.begin(
                        question.pack(),
                        decision.memory(),
                        decision,
                        question.request().atMillis());
        var state = remembering(after, inputs, begun.memory());
        var record = writer.of(
                question.pack(), occasion.id(), inputs, occasion.around().hash(), decision);
        var id = occasion.ids().of(occasion.id(), home.key());
        var answer = new Answer(id, state.now(), inputs.facts(), decision, occasion.found(), degraded);
        return new Made<>(state, List.of(record), begun.tally(), answer);
    }

    /** The visitor at the moment that is asked for, if nothing happens until then. */
    private static VisitorState waking(Question question, VisitorState now) {
        long at = question.request().atMillis();
        return at <= question.nowMillis() || now.isLight()
                ? now
                : Transitions.applyAndWake(question.pack(), now, List.of(), at, Set.of())
                        .state();
    }

    /** The state with all that must be remembered, one version on where that is anything. */
    private static VisitorState remembering(VisitorState before, Inputs inputs, Memory memory) {
        var drawn =
                before.isLight() ? new TreeMap<String, String>() : inputs.lots().toRemember();
        if (drawn.isEmpty()) {
            return memory.equals(before.memory()) ? before : before.with(memory);
        }
        return before.with(memory).assigned(drawn, inputs.request().atMillis());
    }

    private static Inputs inputs(Question question, Occasion occasion, VisitorKey key, VisitorState state) {
        var pack = question.pack();
        var request = question.request();
        var touchpoint = request.touchpoint();
        var seen =
                pack.look(state, key.text(), request.atMillis(), touchpoint.key(), request.context(), occasion.news());
        var consents = Permissions.of(pack, touchpoint.channel(), consents(question, state.consents()));
        return new Inputs(
                        request,
                        seen.facts(),
                        state.memory(),
                        consents,
                        seen.lots(),
                        occasion.around().value())
                .with(occasion.found().lists());
    }

    /** What was said before, and what is said now without being kept; a browser's privacy control has the last word. */
    private static @Nullable ConsentCell consents(Question question, @Nullable ConsentCell before) {
        long now = question.request().atMillis();
        boolean keepsPrivate = "1".equals(question.request().context().get(Consent.PRIVACY_CONTROL));
        if (question.options().consents().isEmpty() && !keepsPrivate) {
            return before;
        }
        var said = ConsentCell.said(question.options().consents(), Long.MAX_VALUE);
        var both = before == null ? said : before.plus(said);
        return keepsPrivate ? both.denying(Consent.OF_ADS, now) : both;
    }

    private Inputs unknown(DecisionRequest request, FactValues nobody) {
        return new Inputs(request, nobody, Memory.NONE, Permissions.UNSAID, Lots.NONE, surroundings.unkept());
    }

    private Answer fallback(Question question, UUID id, String why) {
        var request = question.request();
        var nobody = question.pack()
                .factsFor(
                        VisitorState.UNSEEN,
                        request.atMillis(),
                        request.touchpoint().key(),
                        request.context());
        var decision = Decider.fallback(question.pack(), unknown(request, nobody), why);
        var unrecorded = DecisionIds.unrecorded(id, VisitorKey.of(question.ids().lane()));
        var degraded = question.events().isEmpty() ? List.of(why) : List.of(why, EVENTS_NOT_SAVED);
        return new Answer(unrecorded, VisitorState.UNSEEN.now(), nobody, decision, FoundProducts.NONE, degraded);
    }
}
