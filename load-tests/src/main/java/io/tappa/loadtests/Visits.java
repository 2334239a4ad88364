package io.tappa.loadtests;

import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Typical visitors of a pack, each asking for one page, over and over in one order.
 *
 * @param pack the pack
 * @param visits the visitors
 */
record Visits(PackSnapshot pack, List<Visit> visits) {
    /** So many that no branch predictor knows them all by heart. */
    private static final int VISITORS = 256;

    private static final String WEB = "site";

    /**
     * One visitor and what is asked.
     *
     * @param visitor all that is known
     * @param request a page and its placements
     */
    record Visit(VisitorState visitor, DecisionRequest request) {
        FactValues facts(PackSnapshot pack) {
            return pack.factsFor(
                    visitor, request.atMillis(), request.touchpoint().key(), request.context());
        }
    }

    /** Visits of a generated pack. */
    static Visits generated(int rules) {
        var random = new Random(7);
        var pack = GeneratedPack.snapshot(rules);
        var visits = new ArrayList<Visit>();
        for (var visitor : new GeneratedVisitors(11).states(pack, VISITORS)) {
            visits.add(visit(pack, visitor, GeneratedPack.anyTouchpoint(rules, random)));
        }
        return new Visits(pack, visits);
    }

    /** Visits of the sample shop, all over its web pages. */
    static Visits ofShop() {
        var random = new Random(7);
        var pack = ShopPack.snapshot();
        var pages = pack.touchpoints().all().stream()
                .filter(touchpoint -> touchpoint.channel().equals(WEB)
                        && !touchpoint.placements().isEmpty())
                .toList();
        var visits = new ArrayList<Visit>();
        for (var visitor : new GeneratedVisitors(11).states(pack, VISITORS)) {
            visits.add(
                    visit(pack, visitor, pages.get(random.nextInt(pages.size())).key()));
        }
        return new Visits(pack, visits);
    }

    private static Visit visit(PackSnapshot pack, VisitorState visitor, String key) {
        var touchpoint = pack.touchpoints().find(key);
        if (touchpoint == null) {
            throw new IllegalArgumentException("key (%s) names no touchpoint.".formatted(key));
        }
        return new Visit(
                visitor,
                new DecisionRequest(
                        touchpoint,
                        touchpoint.placements(),
                        new TreeMap<>(Map.of("language", "en")),
                        GeneratedVisitors.NOW));
    }
}
