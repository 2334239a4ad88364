package io.tappa.engine.simulation;

import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Grants;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.Permissions;
import io.tappa.engine.fact.AssignmentAccumulator;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.ConsentAccumulator;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.Scenario;
import io.tappa.engine.visitor.Memory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs a scenario that says what a visitor is, and not how they came to be so. */
final class VisitRun {
    private VisitRun() {}

    static ScenarioRun of(PackSnapshot pack, Scenario.Visit visit) {
        var asked = Asked.of(pack, inputs(pack, visit));
        var difference = asked.difference(visit.expected());
        return new ScenarioRun(visit, List.of(asked.decided()), difference == null ? List.of() : List.of(difference));
    }

    private static Inputs inputs(PackSnapshot pack, Scenario.Visit visit) {
        var touchpoint =
                Objects.requireNonNull(pack.touchpoints().find(visit.placement().touchpoint()));
        var assumed = visit.assumed();
        var consents = ConsentCell.said(assumed.consents(), visit.atMillis());
        return new Inputs(
                        new DecisionRequest(
                                touchpoint, List.of(visit.placement()), PackSnapshot.noContext(), visit.atMillis()),
                        facts(pack, visit, consents),
                        Memory.NONE.with(Asked.shown(pack, assumed, touchpoint.channel())),
                        Permissions.of(pack, touchpoint.channel(), consents),
                        assumed.lots(),
                        Asked.around(assumed),
                        Grants.imagined(pack))
                .with(ProductLists.IMAGINED);
    }

    private static FactValues facts(PackSnapshot pack, Scenario.Visit visit, ConsentCell consents) {
        var stages = new TreeMap<String, Circumstances.InStage>();
        for (var journey : pack.journeys()) {
            boolean isDefault = journey.key().equals(pack.settings().journey());
            var stage = isDefault && visit.stage() != null ? visit.stage() : journey.start();
            var reached = new TreeSet<>(isDefault ? visit.reached() : new TreeSet<String>());
            if (isDefault && visit.stage() != null) {
                reached.add(stage);
            }
            stages.put(journey.key(), new Circumstances.InStage(stage, FactValues.UNKNOWN, reached));
        }
        var around = new Circumstances(
                visit.atMillis(),
                null,
                visit.placement().touchpoint(),
                PackSnapshot.noContext(),
                stages,
                ProductNews.NONE);
        var drawn = AssignmentAccumulator.of(visit.assumed().lots().variations(), visit.atMillis());
        var said = Map.<Integer, Cell>of(ConsentAccumulator.SLOT, consents, AssignmentAccumulator.SLOT, drawn);
        return pack.personas().recognise(pack.facts().assume(visit.facts(), said, around));
    }
}
