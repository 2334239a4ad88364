package io.tappa.engine.simulation;

import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.Scenario;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A scenario and what really came out.
 *
 * @param scenario the scenario
 * @param decided what was decided
 * @param difference what differs from the expectation, as a sentence, or null when it was met
 */
public record ScenarioRun(
        Scenario scenario,
        PlacementDecision decided,
        @Nullable String difference) {
    /** Runs every scenario of the pack. */
    public static List<ScenarioRun> all(PackSnapshot pack) {
        return pack.scenarios().stream().map(scenario -> run(pack, scenario)).toList();
    }

    /** Whether the expectation was met. */
    public boolean passed() {
        return difference == null;
    }

    private static ScenarioRun run(PackSnapshot pack, Scenario scenario) {
        var touchpoint = Objects.requireNonNull(
                pack.touchpoints().find(scenario.placement().touchpoint()));
        var request = new DecisionRequest(
                touchpoint, List.of(scenario.placement()), PackSnapshot.noContext(), scenario.atMillis());
        var decided = Decider.decide(pack, facts(pack, scenario), ContactHistory.EMPTY, request)
                .placements()
                .get(0);
        return new ScenarioRun(scenario, decided, difference(scenario.expected(), decided));
    }

    private static FactValues facts(PackSnapshot pack, Scenario scenario) {
        var stages = new TreeMap<String, Circumstances.InStage>();
        for (var journey : pack.journeys()) {
            boolean isDefault = journey.key().equals(pack.settings().journey());
            var stage = isDefault && scenario.stage() != null ? scenario.stage() : journey.start();
            var reached = new TreeSet<>(isDefault ? scenario.reached() : new TreeSet<String>());
            if (isDefault && scenario.stage() != null) {
                reached.add(stage);
            }
            stages.put(journey.key(), new Circumstances.InStage(stage, FactValues.UNKNOWN, reached));
        }
        var around = new Circumstances(
                scenario.atMillis(),
                null,
                scenario.placement().touchpoint(),
                PackSnapshot.noContext(),
                stages,
                ProductNews.NONE);
        return pack.personas().recognise(pack.facts().assume(scenario.facts(), around));
    }

    private static @Nullable String difference(Scenario.Expected expected, PlacementDecision decided) {
        var offer = decided.offer();
        if (expected.offer() == null) {
            return offer == null ? null : "expected nothing, but got %s because %s".formatted(offer, why(decided));
        }
        if (!expected.offer().equals(offer)) {
            return "expected %s, but got %s because %s"
                    .formatted(expected.offer(), offer == null ? "nothing" : offer, why(decided));
        }
        if (expected.because() != null && !expected.because().equals(decided.rule())) {
            return "%s came as expected, but because %s, not because %s"
                    .formatted(offer, why(decided), expected.because());
        }
        if (expected.fallback() != null && expected.fallback() != decided.fallback()) {
            return "%s came as expected, but %s the fallback".formatted(offer, decided.fallback() ? "as" : "not as");
        }
        return null;
    }

    private static String why(PlacementDecision decided) {
        return decided.rule() == null ? decided.reason() : "of " + decided.rule();
    }
}
