package io.tappa.engine.pack;

import io.tappa.engine.fact.Accumulator;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.NewestAccumulator;
import io.tappa.engine.fact.Source;
import io.tappa.engine.fact.TraitAccumulator;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the facts of a pack may make of one visitor's state, which is meant to stay within 8 kB. */
final class StateBudget {
    /** Attributes kept of one visitor. */
    private static final int MOST_TRAITS = 200;
    /** Entries in all windows and sets together; each takes some six bytes. */
    private static final int MOST_ENTRIES = 1_200;

    private StateBudget() {}

    static void check(List<Fact> facts, Place place, Problems problems) {
        var bySlot = bySlot(facts);
        long traits = bySlot.values().stream()
                .filter(TraitAccumulator.class::isInstance)
                .count();
        if (traits > MOST_TRAITS) {
            problems.error(
                    "trait-limit",
                    place,
                    "%d facts are attributes of a person; %d are possible.".formatted(traits, MOST_TRAITS),
                    "Remove those that no rule asks.");
        }
        long entries = bySlot.values().stream()
                .mapToLong(accumulator -> accumulator instanceof NewestAccumulator newest ? newest.atMost() : 0)
                .sum();
        if (entries > MOST_ENTRIES) {
            problems.warning(
                    "window-limit",
                    place,
                    "All windows and sets together may keep %,d entries of one visitor; %,d are meant to be enough."
                            .formatted(entries, MOST_ENTRIES),
                    "Write a lower atMost, such as the highest number that a rule asks for.");
        }
    }

    /** Facts that read the same are gathered once. */
    private static Map<Integer, Accumulator> bySlot(List<Fact> facts) {
        var bySlot = new HashMap<Integer, Accumulator>();
        for (var fact : facts) {
            if (fact.source() instanceof Source.Gathered gathered) {
                bySlot.put(gathered.accumulator().slot(), gathered.accumulator());
            }
        }
        return bySlot;
    }
}
