package io.tappa.api.decision;

import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.event.EventNotes;
import io.tappa.engine.decision.PlacementDecision;

/**
 * Counts what was answered: {@code tappa.decisions} by touchpoint and outcome ({@code chosen}, {@code fallback},
 * {@code nothing}), and {@code tappa.decisions.degraded} by reason, so that no fallback stays unseen. Events that came
 * along with the question are noted too.
 */
final class DecisionMetrics {
    private static final String DECISIONS = "tappa.decisions";
    private static final String DEGRADED = "tappa.decisions.degraded";

    private final MeterRegistry registry;
    private final EventNotes notes;

    DecisionMetrics(MeterRegistry registry, EventNotes notes) {
        this.registry = registry;
        this.notes = notes;
    }

    void count(Question question, Answer answer) {
        notes.note(question.key(), question.events(), question.refused());
        var touchpoint = question.request().touchpoint().key();
        for (var decided : answer.decision().placements()) {
            registry.counter(DECISIONS, "touchpoint", touchpoint, "outcome", outcome(decided))
                    .increment();
        }
        for (var reason : answer.degraded()) {
            registry.counter(DEGRADED, "reason", reason).increment();
        }
    }

    private static String outcome(PlacementDecision decided) {
        if (decided.fallback()) {
            return "fallback";
        }
        return decided.offer() == null ? "nothing" : "chosen";
    }
}
