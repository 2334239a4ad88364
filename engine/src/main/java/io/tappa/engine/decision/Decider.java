package io.tappa.engine.decision;

import io.tappa.engine.arbitration.Arbitration.Ranked;
import io.tappa.engine.arbitration.Candidate;
import io.tappa.engine.decision.Filter.Holds;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome.NeverShow;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.visitor.Memory;
import io.tappa.engine.visitor.Memory.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides: candidates from the rules, filters, arbitration, placement, fallback.
 *
 * <p>A pure function: the same pack and inputs give the same decision.
 */
public final class Decider {
    private Decider() {}

    /** What to show at each placement of the request. */
    public static Decision decide(PackSnapshot pack, Inputs inputs) {
        return new Page(pack, inputs).decide();
    }

    /** The declared fallbacks only, for when nothing is known of the visitor in time; what must never be shown is not. */
    public static Decision fallback(PackSnapshot pack, Inputs inputs, String reason) {
        return new Page(pack, inputs).fallback(new Verdict.Degraded(reason));
    }

    /** One page while it is being filled, placement by placement. */
    private static final class Page {
        /** Somebody who comes back within this time need not be noted again. */
        private static final long NOT_WORTH_A_WRITE = 60_000;

        private final PackSnapshot pack;
        private final Inputs inputs;
        private final Contents contents;
        private final List<Rule> matching;
        private final Map<String, String> placedAt = new HashMap<>();
        private Memory memory;

        Page(PackSnapshot pack, Inputs inputs) {
            this.pack = pack;
            this.inputs = inputs;
            this.contents = new Contents(pack, inputs.facts(), inputs.request());
            this.matching = pack.decisions().matching(inputs.facts());
            this.memory = inputs.memory();
        }

        Decision decide() {
            var decided = new ArrayList<PlacementDecision>();
            for (var placement : inputs.request().placements()) {
                decided.add(decide(placement));
            }
            return new Decision(decided, memory);
        }

        Decision fallback(Verdict why) {
            var decided = new ArrayList<PlacementDecision>();
            for (var placement : inputs.request().placements()) {
                decided.add(fallback(scene(placement), why, List.of()));
            }
            return new Decision(decided, memory);
        }

        private Scene scene(Placement placement) {
            var keepingAway = new ArrayList<Rule>();
            for (var rule : matching) {
                if (rule.outcome() instanceof NeverShow never
                        && never.placements().contains(placement.fullName())
                        && rule.isOpen(inputs.request().atMillis())) {
                    keepingAway.add(rule);
                }
            }
            return new Scene(pack, inputs, contents, placement, keepingAway, memory, new HashMap<>(placedAt));
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

        /** All are judged by what was known before; of a list, those that follow by what stands there already, too. */
        private PlacementDecision decide(Placement placement) {
            var before = scene(placement);
            var kept = kept(placement);
            var choices = new ArrayList<Choice>();
            var judged = new ArrayList<Judged>();
            Ranked last = null;
            for (var ranked : inOrder(candidates(placement), kept)) {
                var candidate = ranked.candidate();
                boolean isKept =
                        kept != null && kept.offers().contains(candidate.offer().key());
                boolean full = choices.size() == placement.count();
                var lost = firstLost(candidate, full ? before : scene(placement), isKept);
                if (lost == null && full) {
                    lost = outranked(ranked, Objects.requireNonNull(last), kept);
                }
                if (lost == null) {
                    last = ranked;
                    choices.add(take(candidate, placement, isKept));
                    lost = new Verdict.Chosen(candidate.rule());
                }
                judged.add(new Judged(candidate, lost));
            }
            if (choices.isEmpty()) {
                return fallback(
                        before,
                        judged.isEmpty() ? new Verdict.NoRule() : judged.get(0).verdict(),
                        judged);
            }
            keep(placement, choices, kept);
            var why = new Verdict.Chosen(rule(judged, choices.get(0)));
            return new PlacementDecision(placement.key(), before.channel(), choices, why, false, judged);
        }

        private static Rule rule(List<Judged> judged, Choice choice) {
            return judged.stream()
                    .map(one -> one.candidate().rule())
                    .filter(rule -> rule.id().equals(choice.rule()))
                    .findFirst()
                    .orElseThrow();
        }

        private Verdict outranked(Ranked own, Ranked by, @Nullable Kept kept) {
            var offer = by.candidate().offer().key();
            return kept != null && kept.offers().contains(offer)
                    ? new Verdict.NotYet(offer, kept.untilMillis())
                    : new Verdict.Outranked(by, own, pack.settings().arbitration());
        }

        private static @Nullable Verdict firstLost(Candidate candidate, Scene scene, boolean isKept) {
            for (var filter : Filter.IN_ORDER) {
                var lost = isKept && filter.holds() == Holds.FOR_WHAT_WON_ITS_PLACE
                        ? null
                        : filter.test().loses(candidate.offer(), candidate.rule(), scene);
                if (lost != null) {
                    return lost;
                }
            }
            return null;
        }

        private Choice take(Candidate candidate, Placement placement, boolean isKept) {
            var offer = candidate.offer();
            placedAt.put(offer.key(), placement.fullName());
            if (!isKept) {
                var channel = inputs.request().touchpoint().channel();
                var now = Instant.ofEpochMilli(inputs.request().atMillis());
                memory = memory.with(pack.policy().count(offer, channel, memory.contacts(), now));
            }
            return choice(offer, candidate.rule());
        }

        private Choice choice(Offer offer, @Nullable Rule rule) {
            var said = contents.of(offer);
            return new Choice(offer.key(), rule == null ? null : rule.id(), said.language(), said.texts());
        }

        /** What still stays at the placement, or null. */
        private @Nullable Kept kept(Placement placement) {
            var kept = placement.keep() == null ? null : memory.kept().get(placement.fullName());
            return kept != null && kept.untilMillis() > inputs.request().atMillis() ? kept : null;
        }

        /** What is kept comes first, in the order in which it stood there, each by its best rule. */
        private static List<Ranked> inOrder(List<Ranked> ranked, @Nullable Kept kept) {
            if (kept == null) {
                return ranked;
            }
            var first = new ArrayList<Ranked>();
            for (var offer : kept.offers()) {
                ranked.stream()
                        .filter(one -> one.candidate().offer().key().equals(offer))
                        .findFirst()
                        .ifPresent(first::add);
            }
            var all = new ArrayList<>(first);
            ranked.stream().filter(one -> !first.contains(one)).forEach(all::add);
            return all;
        }

        private void keep(Placement placement, List<Choice> choices, @Nullable Kept kept) {
            var keep = placement.keep();
            if (keep == null) {
                return;
            }
            long now = inputs.request().atMillis();
            var offers = choices.stream().map(Choice::offer).toList();
            long until = now + keep.length().toMillis();
            boolean stays = kept != null
                    && kept.offers().equals(offers)
                    && (!keep.prolonged() || until - kept.untilMillis() <= NOT_WORTH_A_WRITE);
            if (!stays) {
                memory = memory.keeping(placement.fullName(), new Kept(offers, until), now);
            }
        }

        /** Caps do not hold for a fallback, but what must never be shown, or stands on the page already, is left out. */
        private PlacementDecision fallback(Scene scene, Verdict why, List<Judged> judged) {
            var placement = scene.placement();
            var offer = placement.fallback() == null ? null : pack.offers().find(placement.fallback());
            if (offer == null || isKeptAway(offer, scene)) {
                return new PlacementDecision(placement.key(), scene.channel(), List.of(), why, false, judged);
            }
            placedAt.put(offer.key(), placement.fullName());
            return new PlacementDecision(
                    placement.key(), scene.channel(), List.of(choice(offer, null)), why, true, judged);
        }

        private static boolean isKeptAway(Offer fallback, Scene scene) {
            return Filter.IN_ORDER.stream()
                    .anyMatch(filter ->
                            filter.holds() == Holds.ALWAYS && filter.test().loses(fallback, null, scene) != null);
        }
    }
}
