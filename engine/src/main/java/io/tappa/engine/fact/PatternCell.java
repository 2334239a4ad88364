package io.tappa.engine.fact;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What may become, or has become, a pattern of two steps.
 *
 * @param first newest first steps, oldest first, at most {@value #MOST_STEPS}
 * @param then newest second steps, oldest first, at most {@value #MOST_STEPS}
 * @param found the newest pair that made up the pattern, or null; it stays when its steps are forgotten
 */
public record PatternCell(
        List<Step> first, List<Step> then, @Nullable Found found) implements Cell {
    /** Most steps kept of each sort. */
    public static final int MOST_STEPS = 40;

    public PatternCell {
        first = List.copyOf(first);
        then = List.copyOf(then);
    }

    /**
     * An event that may be one half of a pattern.
     *
     * @param at event time in milliseconds since 1970
     * @param thing hash of the product or order it is about, 0 when unknown
     * @param category hash of the product's category, 0 when unknown
     * @param shop the shop where it happened, or empty
     */
    public record Step(long at, int thing, int category, String shop) {
        static final Comparator<Step> ORDER = Comparator.comparingLong(Step::at)
                .thenComparingInt(Step::thing)
                .thenComparingInt(Step::category)
                .thenComparing(Step::shop);

        /** Whether both are about the same thing or category, or nobody can tell. */
        boolean matches(Step other) {
            boolean bothThings = thing != 0 && other.thing != 0;
            boolean bothCategories = category != 0 && other.category != 0;
            return (bothThings && thing == other.thing)
                    || (bothCategories && category == other.category)
                    || (!bothThings && !bothCategories);
        }
    }

    /**
     * A pair that made up the pattern.
     *
     * @param at time of the second step, in milliseconds since 1970
     * @param firstAt time of the first step
     * @param shop the shop where the offline one of the two happened, or empty
     */
    public record Found(long at, long firstAt, String shop) {
        static final Comparator<Found> ORDER = Comparator.comparingLong(Found::at)
                .thenComparingLong(Found::firstAt)
                .thenComparing(Found::shop);
    }

    PatternCell plus(PatternCell more, BiPredicate<Step, Step> makeUp, boolean shopOfFirst) {
        var newest = newer(found, more.found);
        newest = newer(newest, pair(first, more.then, makeUp, shopOfFirst));
        newest = newer(newest, pair(more.first, then, makeUp, shopOfFirst));
        return new PatternCell(both(first, more.first), both(then, more.then), newest);
    }

    /** The newest pair of a first and a second step. */
    private static @Nullable Found pair(
            List<Step> first, List<Step> then, BiPredicate<Step, Step> makeUp, boolean shopOfFirst) {
        Found newest = null;
        for (var one : first) {
            for (var other : then) {
                if (makeUp.test(one, other)) {
                    newest = newer(newest, new Found(other.at(), one.at(), shopOfFirst ? one.shop() : other.shop()));
                }
            }
        }
        return newest;
    }

    private static @Nullable Found newer(@Nullable Found one, @Nullable Found other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Found.ORDER.compare(one, other) >= 0 ? one : other;
    }

    private static List<Step> both(List<Step> some, List<Step> more) {
        var all = new TreeSet<>(Step.ORDER);
        all.addAll(some);
        all.addAll(more);
        while (all.size() > MOST_STEPS) {
            all.pollFirst();
        }
        return List.copyOf(all);
    }
}
