package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Moment;
import io.tappa.engine.identity.Hashes;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which variation of an experiment somebody got first; gathered for every pack, so that people stay where they are.
 *
 * @param experiment which experiment the fact tells; empty where there is no fact
 */
public record AssignmentAccumulator(String experiment) implements Accumulator {
    /** The key of the cell in every lane. */
    public static final int SLOT = Hashes.first32("experiments");

    private static final String EVENT = "Experiment Viewed";
    private static final List<String> EXPERIMENT = List.of("experiment_id", "experiment_name");
    private static final List<String> VARIATION = List.of("variation_name", "variation_id");
    private static final Set<String> READ =
            Set.of("experiment_id", "experiment_name", "variation_name", "variation_id");
    /** Longest key of an experiment and longest variation that are kept, in characters; a UUID fits. */
    private static final int LONGEST_NAME = 40;

    /** What was assigned to two visitors who turn out to be one, of whom {@code older} was known first. */
    public static Cell older(Cell older, Cell newer) {
        return ((AssignmentCell) older).over((AssignmentCell) newer);
    }

    /** What was assigned at one time and another, the first assignment counting. */
    public static Cell first(Cell left, Cell right) {
        return ((AssignmentCell) left).plus((AssignmentCell) right);
    }

    @Override
    public String canonical() {
        return "experiments";
    }

    @Override
    public List<String> events() {
        return List.of(EVENT);
    }

    @Override
    public Set<String> reads() {
        return READ;
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        var assigned = ofEvent(event, at, values);
        if (cell == null || assigned == null) {
            return cell == null ? assigned : cell;
        }
        return first(cell, assigned);
    }

    /** What one event assigns; null when it assigns nothing. */
    public static @Nullable Cell ofEvent(String event, long atMillis, SortedMap<String, String> values) {
        var key = event.equals(EVENT) ? named(EXPERIMENT, values) : null;
        var variation = key == null ? null : named(VARIATION, values);
        return key == null || variation == null ? null : AssignmentCell.of(key, new Moment(atMillis, variation));
    }

    /** What was drawn at {@code atMillis}: variation by experiment. */
    public static Cell of(SortedMap<String, String> variations, long atMillis) {
        var drawn = new TreeMap<String, Moment>();
        variations.forEach((experiment, variation) -> drawn.put(experiment, new Moment(atMillis, variation)));
        return new AssignmentCell(drawn);
    }

    private static @Nullable String named(List<String> paths, SortedMap<String, String> values) {
        for (var path : paths) {
            var name = values.get(path);
            if (name != null && !name.isBlank()) {
                return FactCatalog.shortened(name, LONGEST_NAME);
            }
        }
        return null;
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return first(left, right);
    }

    @Override
    public boolean isSaturated(Cell cell) {
        return ((AssignmentCell) cell).byExperiment().size() >= AssignmentCell.MOST_EXPERIMENTS;
    }

    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        var assigned =
                cell instanceof AssignmentCell known ? known.byExperiment().get(experiment) : null;
        if (assigned == null) {
            values.forget(fact.index());
        } else {
            fact.put(values, assigned.text(), zone);
        }
    }
}
