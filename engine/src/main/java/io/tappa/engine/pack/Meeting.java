package io.tappa.engine.pack;

import io.tappa.engine.arbitration.Arbitration.Ranked;
import io.tappa.engine.condition.Box;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.RuleContest.Visitor;
import io.tappa.engine.rule.Outcome.NeverShow;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.box.Asking;
import io.tappa.engine.rule.box.Spot;
import io.tappa.engine.rule.box.Terrain;
import io.tappa.engine.rule.box.Witness;
import io.tappa.engine.touchpoint.Placement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds visitors to whom either of two rules could show its offer at a placement, if they consented to all that is asked. */
final class Meeting {
    /** The moment at which somebody asks where any moment will do. */
    static final long USUAL = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();

    /** Most pairs of alternatives, and most visitors of each, that are tried. */
    private static final int MOST_TRIED = 64;

    private final PackSnapshot pack;
    private final Placement placement;
    private final String channel;
    private final OnTimes times;
    private final List<Rule> keepingAway;
    /** Who there may be, by the moment at which they ask. */
    private final Map<Long, Terrain> terrains = new HashMap<>();

    Meeting(PackSnapshot pack, Placement placement, String channel) {
        this.pack = pack;
        this.placement = placement;
        this.channel = channel;
        this.times = new OnTimes(pack, channel);
        this.keepingAway = pack.decisions().rules().stream()
                .filter(rule -> rule.outcome() instanceof NeverShow never
                        && never.placements().contains(placement.fullName()))
                .toList();
    }

    /** Somebody for whom both match while {@code open} is, or null where nobody was found. */
    @Nullable
    Visitor find(Ranked own, Ranked by, OpenTimes open) {
        var offers = List.of(own.candidate().offer(), by.candidate().offer());
        int tried = 0;
        for (var left : own.candidate().rule().alternatives()) {
            for (var right : by.candidate().rule().alternatives()) {
                var both = left.and(right);
                var moment = times.hours(both, offers, open.moment(USUAL))
                        .filter(open::holds)
                        .findFirst();
                var who = moment.isEmpty() || tried++ >= MOST_TRIED ? null : find(both, offers, moment.getAsLong());
                if (who != null) {
                    return who;
                }
            }
        }
        return null;
    }

    private @Nullable Visitor find(Box both, List<Offer> offers, long atMillis) {
        var terrain = terrains.computeIfAbsent(atMillis, this::terrain);
        var asked = both.and(OfferNeeds.of(pack, offers, atMillis));
        return Spot.ofThoseWhoAsk(terrain.journey()).stream()
                .flatMap(spot -> Witness.of(terrain.where(List.of(asked), spot), terrain)
                        .limit(MOST_TRIED)
                        .map(witness -> witness.at(spot)))
                .filter(facts -> asked.holds(facts) && !isKeptAway(offers, facts, atMillis))
                .map(facts -> new Visitor(facts, atMillis))
                .findFirst()
                .orElse(null);
    }

    private Terrain terrain(long atMillis) {
        return pack.whoAsks(new Asking(placement.touchpoint(), atMillis));
    }

    private boolean isKeptAway(List<Offer> offers, FactValues facts, long atMillis) {
        return keepingAway.stream()
                .filter(rule ->
                        rule.isOpen(atMillis) && rule.alternatives().stream().anyMatch(box -> box.holds(facts)))
                .anyMatch(
                        rule -> offers.stream().anyMatch(offer -> ((NeverShow) rule.outcome()).names(offer, channel)));
    }
}
