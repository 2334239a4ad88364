package io.tappa.engine.simulation;

import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.Scenario;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs a scenario that says what a visitor is, and not how they came to be so. */
final class VisitRun {
    private VisitRun() {}

    static ScenarioRun of(PackSnapshot pack, Scenario.Visit visit) {
        var touchpoint =
                Objects.requireNonNull(pack.touchpoints().find(visit.placement().touchpoint()));
        var request =
                new DecisionRequest(touchpoint, List.of(visit.placement()), PackSnapshot.noContext(), visit.atMillis());
        var facts = facts(pack, visit);
        var decided =
                Decider.decide(pack, Inputs.of(request, facts)).placements().get(0);
        var difference = ScenarioRun.difference(pack, facts, visit.expected(), decided);
        return new ScenarioRun(visit, List.of(decided), difference == null ? List.of() : List.of(difference));
    }

    private static FactValues facts(PackSnapshot pack, Scenario.Visit visit) {
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
        return pack.personas().recognise(pack.facts().assume(visit.facts(), around));
    }
}
