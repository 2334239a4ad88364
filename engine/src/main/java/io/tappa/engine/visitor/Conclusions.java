package io.tappa.engine.visitor;

import io.tappa.engine.fact.Cell;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.identity.Identity;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What follows from all that happened to a visitor, each part worked out when it is first asked for.
 *
 * <p>Threads may do so at the same time; they come to the same, so it does not matter whose result stays.
 */
final class Conclusions {
    private final SortedMap<Identity, Lane> lanes;
    private final Positions positions;
    private final Window window;
    private final List<Merge> merges;
    private @Nullable Positions now;
    private @Nullable Said said;
    private @Nullable Gathered gathered;

    private record Said(@Nullable ConsentCell consents) {}

    private record Gathered(FactCatalog facts, Map<Integer, Cell> cells) {}

    Conclusions(VisitorState of) {
        this.lanes = of.lanes();
        this.positions = of.positions();
        this.window = of.window();
        this.merges = of.merges();
    }

    /** Whether nothing that these follow from is another in {@code state}, which has the same window; mostly these are the same objects. */
    boolean hold(VisitorState state) {
        return positions.equals(state.positions()) && merges.equals(state.merges()) && lanes.equals(state.lanes());
    }

    /** Where the visitor is now, recent events and time-outs included. */
    Positions now() {
        var known = now;
        if (known == null) {
            known = positions;
            for (var event : window.recent()) {
                known = known.after(event);
            }
            known = window.silence().isEmpty() ? known : known.after(window.silence(), window.lastLane(lanes));
            now = known;
        }
        return known;
    }

    /** What the visitor consented to under all ids, or null when nothing was said. */
    @Nullable
    ConsentCell consents() {
        var known = said;
        if (known == null) {
            known = new Said(Consents.of(lanes, window.recent()));
            said = known;
        }
        return known.consents();
    }

    /** All that was gathered for {@code facts}, lanes joined and recent events included. */
    Map<Integer, Cell> gathered(FactCatalog facts) {
        var known = gathered;
        if (known == null || known.facts() != facts) {
            known = new Gathered(facts, Collections.unmodifiableMap(cells(facts)));
            gathered = known;
        }
        return known.cells();
    }

    private Map<Integer, Cell> cells(FactCatalog facts) {
        var cells = new HashMap<Integer, Cell>();
        lanes.values().forEach(lane -> facts.join(cells, lane.cells()));
        for (var event : window.recent()) {
            facts.fold(cells, event.name(), event.atMillis(), event.values());
        }
        Consents.settle(cells, lanes, window.recent());
        Assignments.settle(cells, lanes, window.recent(), merges);
        return cells;
    }
}
