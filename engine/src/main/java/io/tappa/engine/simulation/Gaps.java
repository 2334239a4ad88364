package io.tappa.engine.simulation;

import io.tappa.engine.campaign.Campaign;
import io.tappa.engine.contact.Contact;
import io.tappa.engine.contact.Exclusion;
import io.tappa.engine.contact.FrequencyCap;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.decision.Sentences;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.simulation.ReplayReport.Unjudged.What;
import io.tappa.engine.touchpoint.Touchpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the draft asks and the records of one version do not tell, or tell otherwise. */
final class Gaps {
    private final List<Gap> gaps = new ArrayList<>();
    private final SortedSet<Integer> lostFacts = new TreeSet<>();

    /**
     * One thing.
     *
     * @param what what it is
     * @param name its name
     * @param touches whether a decision may come out otherwise for it
     */
    record Gap(What what, String name, Predicate<Seen> touches) {}

    /**
     * What the draft decided.
     *
     * @param touchpoint where
     * @param decision what
     */
    record Seen(Touchpoint touchpoint, Decision decision) {
        private boolean isAt(SortedSet<String> placements) {
            return decision.placements().stream()
                    .anyMatch(decided -> placements.contains(touchpoint.key() + "." + decided.placement()));
        }

        private boolean hasCandidate(Predicate<Offer> which) {
            return decision.placements().stream()
                    .flatMap(decided -> decided.judged().stream())
                    .anyMatch(judged -> which.test(judged.candidate().offer()));
        }
    }

    Gaps(PackSnapshot before, PackSnapshot draft, CarriedFacts facts, Dependencies asked) {
        facts.lost().forEach(fact -> {
            lostFacts.add(fact.index());
            var there = asked.placementsOf(fact);
            gaps.add(new Gap(What.FACT, fact.id(), seen -> seen.isAt(there)));
        });
        facts.redefined().forEach(fact -> {
            var there = asked.placementsOf(fact);
            gaps.add(new Gap(What.OTHER_DEFINITION, fact.id(), seen -> seen.isAt(there)));
        });
        addConsents(before, draft);
        addPolicy(before, draft);
        addDraws(before, draft);
    }

    /** What the draft would draw for visitors is not known of those for whom nothing was drawn. */
    private void addDraws(PackSnapshot before, PackSnapshot draft) {
        for (var experiment : draft.programme().experiments().all()) {
            if (before.programme().experiments().find(experiment.key()) == null) {
                var where = experiment.treatment().where();
                gaps.add(new Gap(What.DRAW, experiment.key(), seen -> where.isEmpty() || seen.isAt(where)));
            }
        }
        for (var campaign : draft.programme().campaigns().all()) {
            var known = before.programme().campaigns().find(campaign.key());
            if (campaign.holdBack() != null
                    && (known == null || !campaign.holdBack().equals(known.holdBack()))) {
                gaps.add(new Gap(
                        What.DRAW,
                        campaign.key(),
                        seen -> seen.hasCandidate(offer -> campaign.offers().contains(offer.key()))));
            }
        }
    }

    private void addConsents(PackSnapshot before, PackSnapshot draft) {
        var purposes = new TreeSet<>(draft.offers().purposes());
        purposes.removeAll(before.offers().purposes());
        purposes.removeIf(Consent.CHANNELS::contains);
        for (var purpose : purposes) {
            gaps.add(new Gap(
                    What.CONSENT,
                    purpose,
                    seen -> seen.hasCandidate(
                            offer -> purpose.equals(offer.terms().purpose()))));
        }
    }

    private void addPolicy(PackSnapshot before, PackSnapshot draft) {
        var caps = before.policy().caps().stream().map(FrequencyCap::slot).toList();
        var sentences = Sentences.of(draft.settings());
        for (var cap : draft.policy().caps()) {
            if (!caps.contains(cap.slot())) {
                gaps.add(new Gap(
                        What.CAP,
                        sentences.cap(cap),
                        seen -> seen.hasCandidate(offer -> counts(draft, cap, offer, seen))));
            }
        }
        var groups = before.policy().exclusions().stream().map(Exclusion::slot).toList();
        for (var exclusion : draft.policy().exclusions()) {
            if (!groups.contains(exclusion.slot())) {
                gaps.add(new Gap(
                        What.EXCLUSION,
                        "only one of " + exclusion.group(),
                        seen -> seen.hasCandidate(exclusion::counts)));
            }
        }
        var pressure = draft.policy().pressure();
        if (pressure != null && !pressure.equals(before.policy().pressure())) {
            gaps.add(new Gap(
                    What.PRESSURE,
                    "pressure",
                    seen -> pressure.cost(seen.touchpoint().channel()) > 0 && seen.hasCandidate(offer -> true)));
        }
    }

    private static boolean counts(PackSnapshot draft, FrequencyCap cap, Offer offer, Seen seen) {
        var channel = seen.touchpoint().channel();
        return Stream.concat(
                        Stream.of((String) null),
                        draft.programme().campaigns().of(offer.key()).stream().map(Campaign::key))
                .anyMatch(campaign -> cap.counts(new Contact(offer, channel, campaign)));
    }

    /** All of them. */
    List<Gap> all() {
        return gaps;
    }

    /** Indexes of the facts of the draft that records do not tell. */
    SortedSet<Integer> lostFacts() {
        return lostFacts;
    }
}
