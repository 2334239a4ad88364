package io.tappa.engine.arbitration;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How likely a yes is, from how often each offer was seen and how often there was a yes, by placement and stage.
 *
 * <p>Few displays say little, so each offer begins as all offers of its placement and stage are, as if it had been seen
 * {@value #PRIOR_DISPLAYS} times: a Beta prior with that mean and weight (empirical Bayes). Where nothing is known at all, a
 * yes is taken to be as likely as {@value #UNKNOWN_MILLIONTHS} in a million. Unit: yeses in a million displays, rounded down.
 */
public final class Propensities {
    /** Nothing was seen yet. */
    public static final Propensities NONE = new Propensities(new TreeMap<>());
    /** One, in the unit of propensities. */
    public static final long MILLION = 1_000_000;
    /** A yes where nothing is known: 2 %. */
    static final long UNKNOWN_MILLIONTHS = 20_000;

    private static final long PRIOR_DISPLAYS = 50;

    private final SortedMap<String, Counts> byOffer;
    private final SortedMap<String, Counts> byPlace = new TreeMap<>();

    /**
     * Displays and yeses.
     *
     * @param displays how often it was seen
     * @param yeses how often it was clicked, or led to what was wanted
     */
    public record Counts(long displays, long yeses) {
        private static final Counts NONE = new Counts(0, 0);

        private Counts plus(Counts other) {
            return new Counts(displays + other.displays, yeses + other.yeses);
        }

        /** Yeses in a million displays, where as many as {@code displays} more are thought to be as {@code usual}. */
        private long millionths(long usual) {
            long likely = Math.min(yeses, displays);
            return (likely * MILLION + PRIOR_DISPLAYS * usual) / (displays + PRIOR_DISPLAYS);
        }
    }

    /** Propensities from the counts of each offer, by {@link #key}. */
    public Propensities(SortedMap<String, Counts> byOffer) {
        this.byOffer = Collections.unmodifiableSortedMap(new TreeMap<>(byOffer));
        this.byOffer.forEach((key, counts) -> byPlace.merge(key.substring(key.indexOf(' ') + 1), counts, Counts::plus));
    }

    /** What counts are named by: an offer at a placement (by its full name) for visitors at a stage. */
    public static String key(String offer, String placement, String stage) {
        return offer + " " + placement + " " + stage;
    }

    /** The counts of each offer, by {@link #key}. */
    public SortedMap<String, Counts> byOffer() {
        return byOffer;
    }

    /** How likely a yes is, in millionths. */
    public long millionths(String offer, String placement, String stage) {
        var there = byPlace.getOrDefault(placement + " " + stage, Counts.NONE);
        var own = byOffer.getOrDefault(key(offer, placement, stage), Counts.NONE);
        return own.millionths(there.millionths(UNKNOWN_MILLIONTHS));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Propensities propensities && propensities.byOffer.equals(byOffer);
    }

    @Override
    public int hashCode() {
        return byOffer.hashCode();
    }

    @Override
    public String toString() {
        return "Propensities" + byOffer;
    }
}
