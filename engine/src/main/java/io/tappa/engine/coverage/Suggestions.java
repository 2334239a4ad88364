package io.tappa.engine.coverage;

import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.Lots;
import io.tappa.engine.pack.OfferNeeds;
import io.tappa.engine.pack.OnTimes;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.Scenario;
import io.tappa.engine.pack.Scenario.Assumed;
import io.tappa.engine.pack.Scenario.Shown;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.box.Asking;
import io.tappa.engine.rule.box.Spot;
import io.tappa.engine.rule.box.Terrain;
import io.tappa.engine.rule.box.Witness;
import io.tappa.engine.simulation.ScenarioRun;
import io.tappa.engine.touchpoint.Placement;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for visitors at the borders that no scenario holds. */
public final class Suggestions {
    private static final LocalTime MORNING = LocalTime.of(10, 0);
    /** Most moments that are tried for one border. */
    private static final int MOST_MOMENTS = 2;
    /** Most visitors at each place in the journey that are tried at one moment. */
    private static final int MOST_VISITORS = 8;

    private final PackSnapshot pack;
    private final long fromMillis;
    private final VisitText text;
    private final Map<Asking, Terrain> terrains = new HashMap<>();

    private Suggestions(PackSnapshot pack, LocalDate day) {
        this.pack = pack;
        this.fromMillis =
                day.atTime(MORNING).atZone(pack.settings().zone()).toInstant().toEpochMilli();
        this.text = new VisitText(pack);
    }

    /** A scenario for each of {@code borders} at which somebody was found, who asks on {@code day} or in the week behind it where that may be. */
    public static List<Suggestion> of(PackSnapshot pack, List<Border> borders, LocalDate day) {
        var suggestions = new Suggestions(pack, day);
        var found = new ArrayList<Suggestion>();
        for (var border : borders) {
            var one = suggestions.find(border);
            if (one != null) {
                found.add(one);
            }
        }
        return found;
    }

    private @Nullable Suggestion find(Border border) {
        var mutated = Coverage.mutated(pack, border);
        for (var placement : placements(border.rule())) {
            for (long moment : moments(border, placement)) {
                var visit = visitors(border, placement, moment)
                        .map(this::expecting)
                        .filter(candidate -> text.isWritable(candidate) && holds(candidate, mutated))
                        .findFirst();
                if (visit.isPresent()) {
                    var shortest = withoutNeedless(visit.get(), mutated);
                    return new Suggestion(border, shortest, text.yaml(shortest));
                }
            }
        }
        return null;
    }

    private static boolean holds(Scenario.Visit visit, PackSnapshot mutated) {
        return !ScenarioRun.of(mutated, visit).passed();
    }

    /** The same without facts that make no difference. */
    private Scenario.Visit withoutNeedless(Scenario.Visit visit, PackSnapshot mutated) {
        var shortest = visit;
        for (var fact : visit.facts().keySet()) {
            var without = expecting(text.without(shortest, fact));
            if (holds(without, mutated)) {
                shortest = without;
            }
        }
        return shortest;
    }

    private List<Placement> placements(Rule rule) {
        return rule.outcome().placements().stream()
                .map(name -> Objects.requireNonNull(pack.touchpoints().placement(name)))
                .toList();
    }

    /** When the rule counts, its offer is on, and it is the time that is asked for. */
    private List<Long> moments(Border border, Placement placement) {
        var rule = border.rule();
        var offers = offers(rule);
        long begin = Math.max(fromMillis, rule.fromMillis());
        for (var offer : offers) {
            begin = Math.max(begin, offer.fromMillis());
        }
        return new OnTimes(pack, channel(placement))
                .hours(border.visitors(), offers, begin)
                .filter(rule::isOpen)
                .limit(MOST_MOMENTS)
                .boxed()
                .toList();
    }

    private String channel(Placement placement) {
        return Objects.requireNonNull(pack.touchpoints().find(placement.touchpoint()))
                .channel();
    }

    private List<Offer> offers(Rule rule) {
        var offer = rule.outcome() instanceof Show show ? pack.offers().find(show.offer()) : null;
        return offer == null ? List.of() : List.of(offer);
    }

    private Stream<Scenario.Visit> visitors(Border border, Placement placement, long atMillis) {
        var terrain = terrains.computeIfAbsent(new Asking(placement.touchpoint(), atMillis), pack::whoAsks);
        var asked = border.visitors().and(OfferNeeds.of(pack, offers(border.rule()), atMillis));
        var others = new ArrayList<>(border.rule().alternatives());
        others.remove(border.alternative());
        return Spot.ofThoseWhoAsk(terrain.journey()).stream()
                .filter(Spot::isInside)
                .flatMap(spot -> Witness.of(
                                terrain.where(List.of(asked), spot).minus(terrain.where(others, spot)), terrain)
                        .limit(MOST_VISITORS)
                        .map(witness -> witness.at(spot)))
                .filter(asked::holds)
                .map(facts -> text.visit(border, placement, atMillis, facts, assumed(border.rule(), placement)));
    }

    /** That they consented to what the offer needs. */
    private Assumed assumed(Rule rule, Placement placement) {
        var consents = new TreeMap<String, Status>();
        var channel = channel(placement);
        for (var offer : offers(rule)) {
            var purpose = offer.terms().purpose();
            if (purpose != null) {
                consents.put(purpose, Status.GRANTED);
            }
            if (Consent.CHANNELS.contains(channel)) {
                consents.put(channel, Status.GRANTED);
            }
        }
        return new Assumed(new TreeSet<>(), consents, Lots.NONE, new TreeMap<>());
    }

    /** The same visit, expecting what comes out. */
    private Scenario.Visit expecting(Scenario.Visit visit) {
        var decided = ScenarioRun.of(pack, visit).decided().get(0);
        var offer = decided.offer();
        var expected = offer == null
                ? new Shown(null, null, null)
                : new Shown(offer, decided.rule(), decided.rule() == null ? true : null);
        return text.expecting(visit, expected);
    }
}
