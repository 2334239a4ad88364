package io.tappa.engine.experiment;

import org.jspecify.annotations.Nullable;

/**
 * By how much more people convert with a variation than without it.
 *
 * <p>Both intervals put together how far the Wilson interval of each rate reaches, as the legs of a right triangle. They
 * agree: one leaves out 0 exactly when the other does.
 *
 * @param baseline those without it: another variation, or the holdout
 * @param variation those with it
 */
public record Lift(Proportion baseline, Proportion variation) {
    /**
     * The rate of the variation less that of the baseline.
     *
     * <p>From d − √((p₁ − l₁)² + (u₂ − p₂)²) to d + √((u₁ − p₁)² + (p₂ − l₂)²), where d = p₁ − p₂, and l and u are the ends
     * of the Wilson intervals of the variation (1) and the baseline (2). Unit: part of 1, so 0.01 is one percentage point.
     *
     * <p>Source: Newcombe, Interval estimation for the difference between independent proportions: comparison of eleven
     * methods, Statistics in Medicine 17, 1998, method 10 (hybrid score).
     */
    public Estimate difference() {
        var with = variation.estimate();
        var without = baseline.estimate();
        double difference = with.value() - without.value();
        return new Estimate(
                difference,
                difference - Math.hypot(with.value() - with.low(), without.high() - without.value()),
                difference + Math.hypot(with.high() - with.value(), without.value() - without.low()));
    }

    /**
     * The difference as a part of the rate of the baseline; null where nobody of the baseline converted.
     *
     * <p>The interval is that of the ratio p₁ / p₂, less 1: it ends where {@link #difference()}, with the rates of the
     * baseline multiplied by that ratio, would end at 0. Unit: part of 1, so 0.1 is ten percent more than without.
     *
     * <p>Source: Donner and Zou, Closed-form confidence intervals for functions of the normal mean and standard deviation,
     * Statistical Methods in Medical Research 21, 2012 (MOVER-R), with Wilson intervals.
     */
    public @Nullable Estimate relative() {
        if (baseline.conversions() == 0) {
            return null;
        }
        var with = variation.estimate();
        var without = baseline.estimate();
        return new Estimate(
                with.value() / without.value() - 1, lowRatio(with, without) - 1, highRatio(with, without) - 1);
    }

    private static double lowRatio(Estimate with, Estimate without) {
        double product = with.value() * without.value();
        double lowWith = with.low() * (2 * with.value() - with.low());
        double highWithout = without.high() * (2 * without.value() - without.high());
        return lowWith == 0 ? 0 : lowWith / (product + Math.sqrt(product * product - lowWith * highWithout));
    }

    private static double highRatio(Estimate with, Estimate without) {
        double product = with.value() * without.value();
        double highWith = with.high() * (2 * with.value() - with.high());
        double lowWithout = without.low() * (2 * without.value() - without.low());
        return (product + Math.sqrt(product * product - highWith * lowWithout)) / lowWithout;
    }
}
