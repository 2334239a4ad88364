package io.tappa.api.decision;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.displays.DisplayNotes;
import io.tappa.api.event.EventNotes;
import io.tappa.api.event.VisitorChanger;
import io.tappa.engine.decision.PlacementDecision;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what was answered: {@code tappa.decisions} by touchpoint and outcome ({@code chosen}, {@code fallback},
 * {@code nothing}), and {@code tappa.decisions.degraded} by reason, so that no fallback stays unseen. Events that came
 * along with the question are noted too.
 */
final class DecisionMetrics {
    private static final String DECISIONS = "tappa.decisions";
    private static final String DEGRADED = "tappa.decisions.degraded";

    /** Said of whoever asks, and no trouble of ours. */
    private static final Set<String> NO_TROUBLE =
            Set.of(VisitorChanger.UNVERIFIED_USER, VisitorChanger.UNVERIFIED_DEVICE);

    private final MeterRegistry registry;
    private final EventNotes notes;
    private final DisplayNotes displays;
    private final Map<Counted, Counter> counters = new ConcurrentHashMap<>();

    DecisionMetrics(MeterRegistry registry, EventNotes notes, DisplayNotes displays) {
        this.registry = registry;
        this.notes = notes;
        this.displays = displays;
    }

    void count(Question question, Answer answer) {
        notes.note(question.key(), question.events(), question.refused());
        var touchpoint = question.request().touchpoint().key();
        boolean troubled = !NO_TROUBLE.containsAll(answer.degraded());
        for (var decided : answer.decision().placements()) {
            if (!question.options().dry()) {
                displays.answered(touchpoint, decided, troubled, question.nowMillis());
            }
            counters.computeIfAbsent(new Counted(touchpoint, outcome(decided)), this::counter)
                    .increment();
        }
        for (var reason : answer.degraded()) {
            registry.counter(DEGRADED, "reason", reason).increment();
        }
    }

    private record Counted(String touchpoint, String outcome) {}

    private Counter counter(Counted counted) {
        return registry.counter(DECISIONS, "touchpoint", counted.touchpoint, "outcome", counted.outcome);
    }

    private static String outcome(PlacementDecision decided) {
        if (decided.fallback()) {
            return "fallback";
        }
        return decided.offer() == null ? "nothing" : "chosen";
    }
}
