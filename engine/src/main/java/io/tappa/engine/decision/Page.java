package io.tappa.engine.decision;

import io.tappa.engine.arbitration.Arbitration.Ranked;
import io.tappa.engine.arbitration.Candidate;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.rule.Outcome.NeverShow;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.visitor.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One page while it is being filled, placement by placement. */
final class Page {
    private final PackSnapshot pack;
    private final Inputs inputs;
    private final Contents contents;
    private final List<Rule> matching;
    private final Map<String, String> placedAt = new HashMap<>();
    /** The products in lists, each on the page once. */
    private final Set<String> products = new HashSet<>();

    private final List<Claim> claims = new ArrayList<>();
    private Memory memory;

    Page(PackSnapshot pack, Inputs inputs) {
        this.pack = pack;
        this.inputs = inputs;
        this.contents = new Contents(pack, inputs);
        this.matching = pack.decisions().matching(inputs.facts());
        this.memory = inputs.memory();
    }

    Decision decide(Map<String, String> forced) {
        var decided = new ArrayList<PlacementDecision>();
        for (var placement : inputs.request().placements()) {
            var scene = scene(placement);
            var key = forced.get(placement.fullName());
            var offer = key == null ? null : pack.offers().find(key);
            decided.add(offer == null ? new Slots(this, scene).fill(candidates(placement)) : forced(offer, scene));
        }
        return new Decision(decided, memory, claims);
    }

    /** What is to be seen whatever is against it; without content it cannot. */
    private PlacementDecision forced(Offer offer, Scene scene) {
        var lost = Eligibility.content(offer, null, scene);
        return lost != null
                ? nothing(scene, lost, List.of())
                : new PlacementDecision(
                        scene.placement().key(),
                        scene.channel(),
                        List.of(take(offer, null, scene, false)),
                        new Verdict.Forced(offer),
                        false,
                        scene.variations(),
                        List.of());
    }

    Decision fallback(Verdict why) {
        var decided = new ArrayList<PlacementDecision>();
        for (var placement : inputs.request().placements()) {
            decided.add(fallback(scene(placement), why, List.of()));
        }
        return new Decision(decided, memory, claims);
    }

    /** What filters look at now. */
    Scene scene(Placement placement) {
        var keepingAway = new ArrayList<Rule>();
        for (var rule : matching) {
            if (rule.outcome() instanceof NeverShow never
                    && never.placements().contains(placement.fullName())
                    && rule.isOpen(inputs.request().atMillis())
                    && !isPaused(rule)) {
                keepingAway.add(rule);
            }
        }
        return new Scene(
                pack,
                inputs,
                contents,
                placement,
                keepingAway,
                memory,
                new HashMap<>(placedAt),
                products.isEmpty() ? Set.of() : new HashSet<>(products));
    }

    private boolean isPaused(Rule keepingAway) {
        var what = Pause.Kind.RULE.named(keepingAway.id());
        return inputs.around().pauses().holding(what, inputs.request().atMillis()) != null;
    }

    private List<Ranked> candidates(Placement placement) {
        var candidates = new ArrayList<Candidate>();
        for (var rule : matching) {
            if (rule.outcome() instanceof Show show && show.placements().contains(placement.fullName())) {
                var offer = pack.offers().find(show.offer());
                if (offer != null) {
                    candidates.add(new Candidate(rule, offer));
                }
            }
        }
        var stage = pack.facts().find(Vocabulary.STAGE);
        var at = stage == null ? null : inputs.facts().word(stage.index());
        return pack.settings()
                .arbitration()
                .ranked(
                        candidates,
                        candidate -> inputs.around()
                                .propensities()
                                .millionths(candidate.offer().key(), placement.fullName(), at == null ? "" : at));
    }

    /** Puts an offer on the page; what is {@code counted} counts for the contact policy. */
    Choice take(Offer offer, @Nullable Rule rule, Scene scene, boolean counted) {
        placedAt.put(offer.key(), scene.placement().fullName());
        if (counted) {
            memory = memory.with(pack.policy().count(scene.contact(offer), memory.contacts(), scene.now()));
        }
        if (rule != null) {
            claims.addAll(Scarcity.claims(offer, scene));
        }
        var said = contents.of(offer, scene.placement(), products);
        said.products().values().forEach(products::addAll);
        return new Choice(offer.key(), rule == null ? null : rule.id(), said.language(), said.texts(), said.products());
    }

    void keep(Placement placement, Memory.Kept kept) {
        memory = memory.keeping(placement.fullName(), kept, inputs.request().atMillis());
    }

    /** Caps do not hold for a fallback, but what must never be shown, or stands on the page already, is left out. */
    PlacementDecision fallback(Scene scene, Verdict why, List<Judged> judged) {
        var placement = scene.placement();
        var offer = placement.fallback() == null ? null : pack.offers().find(placement.fallback());
        return offer == null || Filter.keepsAwayAsFallback(offer, scene)
                ? nothing(scene, why, judged)
                : new PlacementDecision(
                        placement.key(),
                        scene.channel(),
                        List.of(take(offer, null, scene, false)),
                        why,
                        true,
                        scene.variations(),
                        judged);
    }

    static PlacementDecision nothing(Scene scene, Verdict why, List<Judged> judged) {
        return new PlacementDecision(
                scene.placement().key(), scene.channel(), List.of(), why, false, scene.variations(), judged);
    }
}
