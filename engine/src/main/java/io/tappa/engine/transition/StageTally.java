package io.tappa.engine.transition;

import io.tappa.engine.visitor.Positions;
import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.Step;
import io.tappa.engine.visitor.VisitorState;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up how counters change: what was counted of the states before is taken away, that of the states after added. */
final class StageTally {
    private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();

    /** Takes away all that was counted of a visitor and can still change. */
    StageTally without(VisitorState visitor) {
        var window = visitor.window();
        return moves(visitor.positions(), window.recent(), window.silence(), -1).places(visitor.now(), -1);
    }

    /** Counts the moves that {@code events}, and the silence after them, made from {@code from}. */
    StageTally moves(Positions from, List<RecentEvent> events, List<Step> silence, long change) {
        var stages = new TreeMap<String, String>();
        from.byJourney().forEach((journey, in) -> stages.put(journey, in.stage()));
        for (var event : events) {
            event.steps().forEach(step -> move(stages, step, change));
        }
        silence.forEach(step -> move(stages, step, change));
        return this;
    }

    private void move(SortedMap<String, String> stages, Step step, long change) {
        var before = stages.put(step.journey(), step.stage());
        if (before != null && !before.equals(Step.NOWHERE)) {
            add(step.journey(), before + StageCounts.TO + step.stage(), change);
        }
    }

    /** Counts where somebody is. */
    StageTally places(Positions positions, long change) {
        positions.byJourney().forEach((journey, in) -> {
            if (in.isInside()) {
                add(journey, in.stage(), change);
                add(journey, StageCounts.VISITORS, change);
            }
        });
        return this;
    }

    private void add(String journey, String counter, long change) {
        counts.computeIfAbsent(journey, key -> new TreeMap<>()).merge(counter, change, Long::sum);
    }

    StageCounts total() {
        return new StageCounts(counts);
    }
}
