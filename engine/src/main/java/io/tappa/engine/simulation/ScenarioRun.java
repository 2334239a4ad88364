package io.tappa.engine.simulation;

import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.decision.Sentences;
import io.tappa.engine.fact.FactValues;
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

    private static ScenarioRun of(PackSnapshot pack, Scenario scenario) {
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

    /** What differs between what should be shown and what was, as a sentence, or null. */
    static @Nullable String difference(
            PackSnapshot pack, FactValues facts, Scenario.Shown expected, PlacementDecision decided) {
        var offer = decided.offer();
        if (expected.offer() == null) {
            return offer == null
                    ? null
                    : "expected nothing, but got %s because %s".formatted(offer, why(pack, facts, decided));
        }
        if (!expected.offer().equals(offer)) {
            return "expected %s, but got %s because %s"
                    .formatted(expected.offer(), offer == null ? "nothing" : offer, why(pack, facts, decided));
        }
        if (expected.because() != null && !expected.because().equals(decided.rule())) {
            return "%s came as expected, but because %s, not because of %s"
                    .formatted(offer, why(pack, facts, decided), expected.because());
        }
        if (expected.fallback() != null && expected.fallback() != decided.fallback()) {
            return "%s came as expected, but %s the fallback".formatted(offer, decided.fallback() ? "as" : "not as");
        }
        return null;
    }

    private static String why(PackSnapshot pack, FactValues facts, PlacementDecision decided) {
        return decided.rule() == null
                ? Sentences.of(pack.settings()).because(decided.why(), facts)
                : "of " + decided.rule();
    }
}
