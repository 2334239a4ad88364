package io.tappa.engine.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gives experiments their parts of layers, so that nobody takes part in two of one layer. */
public final class Layers {
    private Layers() {}

    /**
     * An experiment that has no part of its layer yet.
     *
     * @param key names it among all experiments
     * @param layer experiments with the same one exclude one another
     * @param partsPerMillion its share of the layer, 1 to 1,000,000
     * @param split how those who take part are divided
     * @param period when it runs
     */
    public record Plan(String key, String layer, int partsPerMillion, Split split, Period period) {
        public Plan {
            if (partsPerMillion < 1 || partsPerMillion > Bucket.COUNT) {
                throw new IllegalArgumentException("""
                        partsPerMillion (%d) of the experiment %s must be 1 to %d.
                        Maybe leave the experiment out.""".formatted(partsPerMillion, key, Bucket.COUNT));
            }
        }
    }

    /**
     * Places each plan behind those of its layer that were declared before it. Plans added at the end, or to another
     * layer, leave everybody where they are; one that is removed, or whose share changes, moves all behind it.
     */
    public static List<Experiment> place(List<Plan> plans) {
        checkKeys(plans);
        checkShares(plans);
        var placed = new ArrayList<Experiment>();
        var nextByLayer = new TreeMap<String, Integer>();
        for (var plan : plans) {
            int from = nextByLayer.getOrDefault(plan.layer, 0);
            int until = from + plan.partsPerMillion;
            nextByLayer.put(plan.layer, until);
            placed.add(new Experiment(plan.key, new Slice(plan.layer, from, until), plan.split, plan.period));
        }
        return List.copyOf(placed);
    }

    private static void checkKeys(List<Plan> plans) {
        var keys = new HashSet<String>();
        for (var plan : plans) {
            if (!keys.add(plan.key)) {
                throw new IllegalArgumentException("""
                        plans has the experiment %s twice, which would give people the same variation in both.
                        Maybe one of them needs another key.""".formatted(plan.key));
            }
        }
    }

    private static void checkShares(List<Plan> plans) {
        var byLayer = plans.stream().collect(Collectors.groupingBy(Plan::layer, TreeMap::new, Collectors.toList()));
        byLayer.forEach((layer, inLayer) -> {
            long sum = inLayer.stream().mapToLong(Plan::partsPerMillion).sum();
            if (sum > Bucket.COUNT) {
                var shares = inLayer.stream()
                        .map(plan -> "%s %d".formatted(plan.key, plan.partsPerMillion))
                        .collect(Collectors.joining(", "));
                throw new IllegalArgumentException("""
                        The shares of the layer %s come to %d parts per million, more than %d: %s.
                        Maybe move an experiment to another layer.""".formatted(layer, sum, Bucket.COUNT, shares));
            }
        });
    }
}
