package io.tappa.api.explanation;

import io.tappa.api.store.Home;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Fate;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.Permissions;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.touchpoint.Touchpoint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides for people as they are now, for counting only.
 *
 * @param pack what decides
 * @param offer the offer that is asked about
 * @param segment who is looked at, or null for everybody
 * @param pages what would be asked for at each touchpoint
 * @param moment what holds at this moment
 */
record Crowd(
        PackSnapshot pack,
        String offer,
        @Nullable String segment,
        Map<Touchpoint, List<Placement>> pages,
        Moment moment) {
    /**
     * What is the same for everybody.
     *
     * @param nowMillis the moment, in milliseconds since 1970
     * @param news what is known of products
     * @param around what surrounds decisions
     */
    record Moment(long nowMillis, ProductNews news, Surroundings around) {}

    /** One placement, as a page of its own. */
    static Map<Touchpoint, List<Placement>> page(PackSnapshot pack, String placement) {
        var only = Objects.requireNonNull(pack.touchpoints().placement(placement));
        return Map.of(touchpoint(pack, only.touchpoint()), List.of(only));
    }

    /** The whole pages on which one of {@code placements} is. */
    static Map<Touchpoint, List<Placement>> pages(PackSnapshot pack, Collection<String> placements) {
        return placements.stream()
                .map(placement -> Objects.requireNonNull(pack.touchpoints().placement(placement)))
                .map(placement -> touchpoint(pack, placement.touchpoint()))
                .distinct()
                .collect(Collectors.toMap(
                        touchpoint -> touchpoint, Touchpoint::placements, (one, same) -> one, LinkedHashMap::new));
    }

    private static Touchpoint touchpoint(PackSnapshot pack, String key) {
        return Objects.requireNonNull(pack.touchpoints().find(key));
    }

    /** What becomes of the offer for somebody, where it comes furthest; empty for who is not in the segment. */
    Optional<Fate> fate(Home home) {
        Fate furthest = null;
        for (var page : pages.entrySet()) {
            var touchpoint = page.getKey();
            var context = PackSnapshot.noContext();
            var seen = pack.look(
                    home.state(), home.key().text(), moment.nowMillis(), touchpoint.key(), context, moment.news());
            if (!isMeant(seen.facts())) {
                return Optional.empty();
            }
            var inputs = new Inputs(
                            new DecisionRequest(touchpoint, page.getValue(), context, moment.nowMillis()),
                            seen.facts(),
                            home.state().memory(),
                            Permissions.of(
                                    pack, touchpoint.channel(), home.state().consents()),
                            seen.lots(),
                            moment.around())
                    .with(ProductLists.IMAGINED);
            var fate = Fate.of(pack, inputs, Decider.decide(pack, inputs), offer);
            if (fate != null) {
                furthest = furthest == null ? fate : furthest.orFurther(fate);
            }
        }
        return Optional.ofNullable(furthest);
    }

    private boolean isMeant(FactValues facts) {
        if (segment == null) {
            return true;
        }
        var segments = facts.words(pack.segments().factIndex());
        return segments != null && segments.contains(segment);
    }
}
