package io.tappa.engine.experiment;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All experiments of a pack. */
public final class Experiments {
    /** No experiment at all. */
    public static final Experiments NONE = new Experiments(List.of());

    private final Map<String, Experiment> byKey = new LinkedHashMap<>();
    private final Map<String, List<Experiment>> byPlacement = new TreeMap<>();

    /** These experiments; {@link Layers#place} has given each its part of a layer. */
    public Experiments(List<Experiment> experiments) {
        for (var experiment : experiments) {
            if (byKey.put(experiment.key(), experiment) != null) {
                throw new IllegalArgumentException("""
                        experiments has %s twice.
                        Maybe one of them needs another key.""".formatted(experiment.key()));
            }
        }
        var placements = new TreeSet<String>();
        experiments.forEach(
                experiment -> placements.addAll(experiment.treatment().where()));
        for (var placement : placements) {
            byPlacement.put(
                    placement,
                    experiments.stream()
                            .filter(experiment -> experiment.treatment().where().contains(placement))
                            .toList());
        }
    }

    /** All experiments, in the author's order. */
    public Collection<Experiment> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** The experiment called {@code key}, or null. */
    public @Nullable Experiment find(String key) {
        return byKey.get(key);
    }

    /** Those that replace what wins at the placement of this full name, in the author's order. */
    public List<Experiment> at(String placement) {
        return byPlacement.getOrDefault(placement, List.of());
    }

    /** The names of all experiments, for suggestions. */
    public SortedSet<String> keys() {
        return new TreeSet<>(byKey.keySet());
    }
}
