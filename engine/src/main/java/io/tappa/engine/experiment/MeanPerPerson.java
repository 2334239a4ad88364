package io.tappa.engine.experiment;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * How much money there is per person, those who spent nothing included.
 *
 * <p>Mean m = sum / n; variance s² = (n · sum of squares − sum²) / (n (n − 1)), exact but for the division.
 * Unit: cents, or whatever the sums are in, per person.
 *
 * <p>Intervals need {@value #LEAST_PEOPLE} people. Money is skewed, since most spend nothing and a few very much, and then
 * an interval is to be relied on only from about 355 × skewness² people on (Kohavi, Tang and Xu, Trustworthy Online
 * Controlled Experiments, 2020, chapter 17).
 *
 * @param people how many, at least 1
 * @param sum of what each spent
 * @param sumOfSquares of what each spent in all, so of one number for each person
 */
public record MeanPerPerson(long people, BigInteger sum, BigInteger sumOfSquares) {
    /** With fewer people there is no interval. */
    public static final int LEAST_PEOPLE = 30;

    public MeanPerPerson {
        if (people < 1) {
            throw new IllegalArgumentException("""
                    people (%d) must be at least 1.
                    Maybe report nothing yet.""".formatted(people));
        }
        if (spread(people, sum, sumOfSquares).signum() < 0) {
            throw new IllegalArgumentException("""
                    sumOfSquares (%d) is less than %d people with the sum %d can have.
                    Maybe what a person spent was squared order by order.""".formatted(sumOfSquares, people, sum));
        }
    }

    /** n² times the variance of these very people. */
    private static BigInteger spread(long people, BigInteger sum, BigInteger sumOfSquares) {
        return BigInteger.valueOf(people).multiply(sumOfSquares).subtract(sum.multiply(sum));
    }

    /** Cents per person. */
    public double mean() {
        return sum.doubleValue() / people;
    }

    /**
     * The mean with its interval, m ± t √(s²/n) with n − 1 degrees of freedom; null with too few people. Unit: cents per
     * person.
     *
     * <p>Source: Student, The probable error of a mean, Biometrika 6, 1908.
     */
    public @Nullable Estimate estimate() {
        return people < LEAST_PEOPLE ? null : around(mean(), squaredError(), (double) people - 1);
    }

    /**
     * By how much this mean is more than that of {@code baseline}, with its interval; null with too few people on either
     * side. Unit: cents per person.
     *
     * <p>m₁ − m₂ ± t √(e₁ + e₂), where e = s²/n, with (e₁ + e₂)² / (e₁²/(n₁ − 1) + e₂²/(n₂ − 1)) degrees of freedom.
     *
     * <p>Source: Welch, The generalization of "Student's" problem when several different population variances are involved,
     * Biometrika 34, 1947.
     */
    public @Nullable Estimate moreThan(MeanPerPerson baseline) {
        if (people < LEAST_PEOPLE || baseline.people < LEAST_PEOPLE) {
            return null;
        }
        double ours = squaredError();
        double theirs = baseline.squaredError();
        double both = ours + theirs;
        double degreesOfFreedom = both == 0
                ? Double.POSITIVE_INFINITY
                : both * both / (ours * ours / (people - 1) + theirs * theirs / (baseline.people - 1));
        return around(mean() - baseline.mean(), both, degreesOfFreedom);
    }

    private static Estimate around(double value, double squaredError, double degreesOfFreedom) {
        double reach = Quantiles.studentT975(degreesOfFreedom) * Math.sqrt(squaredError);
        return new Estimate(value, value - reach, value + reach);
    }

    /** s²/n. */
    private double squaredError() {
        return spread(people, sum, sumOfSquares).doubleValue() / people / people / (people - 1);
    }
}
