package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Moment;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which variation of each experiment somebody got, and when first; the {@value #MOST_EXPERIMENTS} oldest assignments.
 *
 * @param byExperiment the assignment by the key of the experiment
 */
public record AssignmentCell(SortedMap<String, Moment> byExperiment) implements Cell {
    /** Most experiments of one visitor that are remembered. */
    public static final int MOST_EXPERIMENTS = 20;

    private static final Comparator<Map.Entry<String, Moment>> OLDEST_FIRST =
            Map.Entry.<String, Moment>comparingByValue().thenComparing(Map.Entry.comparingByKey());

    public AssignmentCell {
        byExperiment = Collections.unmodifiableSortedMap(new TreeMap<>(byExperiment));
    }

    /** One assignment. */
    static AssignmentCell of(String experiment, Moment variation) {
        return new AssignmentCell(new TreeMap<>(Map.of(experiment, variation)));
    }

    /** The assignments of both; where they differ, those made first. */
    AssignmentCell plus(AssignmentCell other) {
        var both = new TreeMap<>(byExperiment);
        other.byExperiment.forEach((experiment, variation) ->
                both.merge(experiment, variation, (known, more) -> known.compareTo(more) <= 0 ? known : more));
        return bounded(both);
    }

    /** The assignments of both; where they differ, these. */
    public AssignmentCell over(AssignmentCell other) {
        var both = new TreeMap<>(other.byExperiment);
        both.putAll(byExperiment);
        return bounded(both);
    }

    private static AssignmentCell bounded(TreeMap<String, Moment> assignments) {
        while (assignments.size() > MOST_EXPERIMENTS) {
            assignments.remove(
                    Collections.max(assignments.entrySet(), OLDEST_FIRST).getKey());
        }
        return new AssignmentCell(assignments);
    }
}
