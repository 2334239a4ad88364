package io.tappa.engine.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Gives experiments their parts of layers, so that nobody takes part in two of one layer at one time. */
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
     * @param treatment what it does to them
     */
    public record Plan(String key, String layer, int partsPerMillion, Split split, Period period, Treatment treatment) {
        public Plan {
            if (partsPerMillion < 1 || partsPerMillion > Bucket.COUNT) {
                throw new IllegalArgumentException("""
                        partsPerMillion (%d) of the experiment %s must be 1 to %d.
                        Maybe leave the experiment out.""".formatted(partsPerMillion, key, Bucket.COUNT));
            }
        }

        /** A plan of an experiment that replaces nothing; only rules ask for the variation. */
        public Plan(String key, String layer, int partsPerMillion, Split split, Period period) {
            this(key, layer, partsPerMillion, split, period, Treatment.NONE);
        }

        private boolean excludes(String otherLayer, Period other) {
            return layer.equals(otherLayer) && period.overlaps(other);
        }

        private Experiment from(int bucket) {
            return new Experiment(key, new Slice(layer, bucket, bucket + partsPerMillion), split, period, treatment);
        }
    }

    /**
     * Places each plan at the first part of its layer that none of those declared before it takes at the same time. Plans
     * added at the end, or to another layer, leave everybody where they are; one that is removed, or whose share or period
     * changes, may move all behind it.
     */
    public static List<Experiment> place(List<Plan> plans) {
        checkKeys(plans);
        checkShares(plans);
        var placed = new ArrayList<Experiment>();
        for (var plan : plans) {
            int from = firstFree(plan, placed);
            if (from > Bucket.COUNT - plan.partsPerMillion) {
                throw new IllegalArgumentException("""
                        The layer %s has no %d parts per million in one piece for the experiment %s.
                        Maybe place experiments that run longer first.""".formatted(plan.layer, plan.partsPerMillion, plan.key));
            }
            placed.add(plan.from(from));
        }
        return List.copyOf(placed);
    }

    /** Whether a part of its layer in one piece is left for {@code plan}, once {@code before} are placed. */
    public static boolean leaveRoom(List<Plan> before, Plan plan) {
        return firstFree(plan, place(before)) <= Bucket.COUNT - plan.partsPerMillion;
    }

    private static int firstFree(Plan plan, List<Experiment> placed) {
        var taken = placed.stream()
                .filter(other -> plan.excludes(other.slice().layer(), other.period()))
                .map(Experiment::slice)
                .sorted(Comparator.comparingInt(Slice::from))
                .toList();
        int from = 0;
        for (var slice : taken) {
            if (slice.from() - from >= plan.partsPerMillion) {
                return from;
            }
            from = Math.max(from, slice.until());
        }
        return from;
    }

    /** Plans of one layer that run at one time and together ask for more than all of it; empty where none do. */
    public static List<Plan> crowd(List<Plan> plans) {
        for (var plan : plans) {
            long begins = plan.period.fromMillis();
            var atOnce = plans.stream()
                    .filter(other -> plan.excludes(other.layer, other.period))
                    .filter(other -> other.period.fromMillis() <= begins)
                    .toList();
            if (sum(atOnce) > Bucket.COUNT) {
                return atOnce;
            }
        }
        return List.of();
    }

    private static long sum(List<Plan> plans) {
        return plans.stream().mapToLong(Plan::partsPerMillion).sum();
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
        var crowd = crowd(plans);
        if (!crowd.isEmpty()) {
            var shares = crowd.stream()
                    .map(plan -> "%s %d".formatted(plan.key, plan.partsPerMillion))
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException("""
                    The shares of the layer %s come to %d parts per million, more than %d: %s.
                    Maybe move an experiment to another layer.""".formatted(crowd.get(0).layer, sum(crowd), Bucket.COUNT, shares));
        }
    }
}
