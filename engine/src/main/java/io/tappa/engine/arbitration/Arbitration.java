package io.tappa.engine.arbitration;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Choosing among offers that all may be shown.
 *
 * <p>Score = propensity × value × weight: yeses in a million displays, minor units of the currency for each yes (at least 1),
 * and percent; so the unit is minor units of the currency in 100 million displays. It is a whole number, so that equal
 * scores are equal on every machine. By {@link Mode#PRIORITY} the priority is strict, and the score orders those of equal
 * priority; by {@link Mode#SCORE} the priority is one more factor, fiftieths. The last word has the offer's key, then the
 * rule's id, so that the order is total and a decision can be replayed.
 *
 * @param mode whether priority is strict
 * @param propensity whether the score has that factor
 * @param value whether the score has that factor
 * @param weight whether the score has that factor
 */
public record Arbitration(Mode mode, boolean propensity, boolean value, boolean weight) {
    /** How a pack arbitrates that says nothing about it. */
    public static final Arbitration USUAL = new Arbitration(Mode.PRIORITY, true, true, true);

    private static final Comparator<Candidate> BY_NAME = Comparator.comparing(
                    (Candidate candidate) -> candidate.offer().key())
            .thenComparing(candidate -> candidate.rule().id());

    /** Whether priority is strict. */
    public enum Mode {
        PRIORITY,
        SCORE
    }

    /**
     * A candidate in its place.
     *
     * @param candidate the candidate
     * @param likely its propensity in millionths, where that is a factor
     * @param score its score, priority included where that is a factor
     */
    public record Ranked(Candidate candidate, long likely, BigInteger score) {
        /** Whether it comes first by its name, where all else is equal. */
        public boolean isFirstByName(Ranked other) {
            return BY_NAME.compare(candidate, other.candidate) < 0;
        }
    }

    /** The candidates, best first. */
    public List<Ranked> ranked(Collection<Candidate> candidates, ToLongFunction<Candidate> likelihood) {
        return candidates.stream()
                .map(candidate -> {
                    long likely = propensity ? likelihood.applyAsLong(candidate) : Propensities.MILLION;
                    return new Ranked(candidate, likely, score(candidate, likely));
                })
                .sorted(bestFirst())
                .toList();
    }

    private Comparator<Ranked> bestFirst() {
        var byScore = Comparator.comparing(Ranked::score).reversed();
        var byPriority = Comparator.comparingInt(
                        (Ranked ranked) -> ranked.candidate().rule().priority())
                .reversed();
        var first = mode == Mode.PRIORITY ? byPriority.thenComparing(byScore) : byScore;
        return first.thenComparing(Ranked::candidate, BY_NAME);
    }

    private BigInteger score(Candidate candidate, long likely) {
        return perMinorUnit(candidate, likely).multiply(BigInteger.valueOf(value(candidate)));
    }

    /** What a yes is worth; something that costs nothing is worth the least there is. */
    private long value(Candidate candidate) {
        return value ? Math.max(1, candidate.offer().valueCents()) : 1;
    }

    /** The score if a yes were worth one minor unit. */
    private BigInteger perMinorUnit(Candidate candidate, long likely) {
        var rule = candidate.rule();
        var score = BigInteger.valueOf(likely * (weight ? rule.weight() : 1));
        return mode == Mode.SCORE ? score.multiply(BigInteger.valueOf(rule.priority())) : score;
    }

    /**
     * The least value in minor units with which {@code own} comes before {@code by}, their priorities as they are; 0 where no
     * value would do.
     */
    public long neededValue(Ranked own, Ranked by) {
        var unit = perMinorUnit(own.candidate(), own.likely());
        if (!value || unit.signum() == 0) {
            return 0;
        }
        return least(by, own, unit);
    }

    /** The least priority with which {@code own} comes before {@code by}; more than 100 where none would do. */
    public int neededPriority(Ranked own, Ranked by) {
        int priority = by.candidate().rule().priority();
        if (mode == Mode.PRIORITY) {
            int better = own.score().compareTo(by.score());
            return better > 0 || (better == 0 && own.isFirstByName(by)) ? priority : priority + 1;
        }
        var unit = BigInteger.valueOf(
                        own.likely() * (weight ? own.candidate().rule().weight() : 1))
                .multiply(BigInteger.valueOf(value(own.candidate())));
        return unit.signum() == 0 ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, least(by, own, unit));
    }

    /** How many times {@code unit} are more than the other's score, or as much where the name then decides. */
    private static long least(Ranked by, Ranked own, BigInteger unit) {
        var parts = by.score().divideAndRemainder(unit);
        boolean enough = parts[1].signum() == 0 && own.isFirstByName(by);
        return parts[0].longValueExact() + (enough ? 0 : 1);
    }
}
