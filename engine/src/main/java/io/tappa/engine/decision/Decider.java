package io.tappa.engine.decision;

import io.tappa.engine.arbitration.Arbitration;
import io.tappa.engine.arbitration.Candidate;
import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome.NeverShow;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.touchpoint.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides: candidates from the rules, filters, arbitration, placement, fallback.
 *
 * <p>A pure function: the same pack, facts, contacts and request give the same decision.
 */
public final class Decider {
    private Decider() {}

    /** What to show at each placement of {@code request} to somebody with these facts and contacts. */
    public static Decision decide(
            PackSnapshot pack, FactValues facts, ContactHistory contacts, DecisionRequest request) {
        return new Page(pack, facts, contacts, request).decide();
    }

    /** The declared fallbacks only, for when nothing is known in time; no rule is asked. */
    public static Decision fallback(PackSnapshot pack, FactValues facts, DecisionRequest request, String reason) {
        var why = new Verdict.Degraded(reason);
        var page = new Page(pack, facts, ContactHistory.EMPTY, request);
        return new Decision(
                request.placements().stream()
                        .map(placement -> page.fallback(placement, List.of(), why, List.of()))
                        .toList(),
                ContactHistory.EMPTY);
    }

    /** One page while it is being filled, placement by placement. */
    private static final class Page {
        private final PackSnapshot pack;
        private final FactValues facts;
        private final DecisionRequest request;
        private final Contents contents;
        private final Map<String, String> placedAt = new HashMap<>();
        private ContactHistory contacts;

        Page(PackSnapshot pack, FactValues facts, ContactHistory contacts, DecisionRequest request) {
            this.pack = pack;
            this.facts = facts;
            this.contacts = contacts;
            this.request = request;
            this.contents = new Contents(pack, facts, request);
        }

        Decision decide() {
            var matching = pack.decisions().matching(facts);
            var decided = new ArrayList<PlacementDecision>();
            for (var placement : request.placements()) {
                decided.add(decide(placement, matching));
            }
            return new Decision(decided, contacts);
        }

        private PlacementDecision decide(Placement placement, List<Rule> matching) {
            var candidates = new ArrayList<Candidate>();
            var keepingAway = new ArrayList<Rule>();
            for (var rule : matching) {
                if (rule.outcome() instanceof Show show && show.placements().contains(placement.fullName())) {
                    var offer = pack.offers().find(show.offer());
                    if (offer != null) {
                        candidates.add(new Candidate(rule, offer));
                    }
                } else if (rule.outcome() instanceof NeverShow never
                        && never.placements().contains(placement.fullName())
                        && rule.isOpen(request.atMillis())) {
                    keepingAway.add(rule);
                }
            }
            return choose(placement, Arbitration.ranked(candidates), keepingAway);
        }

        private PlacementDecision choose(Placement placement, List<Candidate> ranked, List<Rule> keepingAway) {
            Candidate chosen = null;
            var judged = new ArrayList<Judged>();
            for (var candidate : ranked) {
                var lost = chosen == null
                        ? firstFilterLost(candidate, placement, keepingAway)
                        : new Verdict.Outranked(chosen, candidate);
                if (lost == null) {
                    chosen = candidate;
                    judged.add(new Judged(candidate, new Verdict.Chosen(candidate.rule())));
                } else {
                    judged.add(new Judged(candidate, lost));
                }
            }
            if (chosen == null) {
                return fallback(placement, keepingAway, reasonWithout(judged), judged);
            }
            placedAt.put(chosen.offer().key(), placement.fullName());
            contacts = pack.policy().count(chosen.offer(), channel(), contacts, now());
            return shown(placement, chosen.offer(), chosen.rule(), new Verdict.Chosen(chosen.rule()), judged);
        }

        private @Nullable Verdict firstFilterLost(Candidate candidate, Placement placement, List<Rule> keepingAway) {
            var offer = candidate.offer();
            if (!candidate.rule().isOpen(request.atMillis())) {
                return new Verdict.RuleNotOpen(candidate.rule(), request.atMillis());
            }
            if (!offer.isOpen(request.atMillis())) {
                return new Verdict.OfferNotOpen(offer, request.atMillis());
            }
            var keepers = keepers(keepingAway, offer);
            if (!keepers.isEmpty()) {
                return new Verdict.KeptAway(keepers, new Nearest(pack.facts(), facts));
            }
            if (!contents.canShow(offer, placement)) {
                return new Verdict.NoContent(offer.key(), contents.unknownIn(offer));
            }
            var cap = pack.policy().forbids(offer, channel(), contacts, now());
            if (cap != null) {
                return new Verdict.Capped(
                        cap,
                        cap.counted(contacts, now(), pack.policy().zone()),
                        pack.policy()
                                .allowsAt(offer, channel(), contacts, now())
                                .toEpochMilli());
            }
            var elsewhere = placedAt.get(offer.key());
            return elsewhere == null ? null : new Verdict.AlreadyOnPage(elsewhere);
        }

        private List<Rule> keepers(List<Rule> keepingAway, Offer offer) {
            return keepingAway.isEmpty()
                    ? List.of()
                    : keepingAway.stream()
                            .filter(rule -> rule.outcome() instanceof NeverShow never && keepsAway(never, offer))
                            .toList();
        }

        private boolean keepsAway(NeverShow never, Offer offer) {
            return switch (never.what()) {
                case OFFER -> never.key().equals(offer.key());
                case GROUP -> never.key().equals(offer.group());
                case CHANNEL -> never.key().equals(channel());
            };
        }

        private static Verdict reasonWithout(List<Judged> judged) {
            return judged.isEmpty() ? new Verdict.NoRule() : judged.get(0).verdict();
        }

        /** Caps do not hold for a fallback, but what must never be shown, or stands on the page already, is left out. */
        private PlacementDecision fallback(
                Placement placement, List<Rule> keepingAway, Verdict why, List<Judged> judged) {
            var offer = placement.fallback() == null ? null : pack.offers().find(placement.fallback());
            if (offer == null
                    || !offer.isOpen(request.atMillis())
                    || !keepers(keepingAway, offer).isEmpty()
                    || placedAt.containsKey(offer.key())
                    || !contents.canShow(offer, placement)) {
                return new PlacementDecision(
                        placement.key(), channel(), null, new TreeMap<>(), null, null, why, false, judged);
            }
            placedAt.put(offer.key(), placement.fullName());
            return shown(placement, offer, null, why, judged);
        }

        private PlacementDecision shown(
                Placement placement, Offer offer, @Nullable Rule rule, Verdict why, List<Judged> judged) {
            var said = contents.of(offer);
            return new PlacementDecision(
                    placement.key(),
                    channel(),
                    offer.key(),
                    said.texts(),
                    said.language(),
                    rule == null ? null : rule.id(),
                    why,
                    rule == null,
                    judged);
        }

        private String channel() {
            return request.touchpoint().channel();
        }

        private Instant now() {
            return Instant.ofEpochMilli(request.atMillis());
        }
    }
}
