package io.tappa.engine.simulation;

import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.Scenario;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario and what really came out.
 *
 * @param scenario the scenario
 * @param decided what was decided, in the order asked
 * @param differences what differs from the expectations, a sentence each
 */
public record ScenarioRun(Scenario scenario, List<PlacementDecision> decided, List<String> differences) {
    public ScenarioRun {
        decided = List.copyOf(decided);
        differences = List.copyOf(differences);
    }

    /** Runs every scenario of the pack. */
    public static List<ScenarioRun> all(PackSnapshot pack) {
        return pack.scenarios().stream().map(scenario -> of(pack, scenario)).toList();
    }

    /** Runs one scenario, which is not one of the pack's own perhaps. */
    public static ScenarioRun of(PackSnapshot pack, Scenario scenario) {
        return scenario instanceof Scenario.Story story
                ? StoryRun.of(pack, story)
                : VisitRun.of(pack, (Scenario.Visit) scenario);
    }

    /** Whether every expectation was met. */
    public boolean passed() {
        return differences.isEmpty();
    }

    /** What differs, in one text, or null when every expectation was met. */
    public @Nullable String difference() {
        return passed() ? null : String.join("; ", differences);
    }
}
