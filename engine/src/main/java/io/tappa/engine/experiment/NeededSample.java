package io.tappa.engine.experiment;

/**
 * How many people an experiment needs before it can be expected to show anything.
 *
 * <p>n = (z₁ √(2 p̄ (1 − p̄)) + z₂ √(p₁(1 − p₁) + p₂(1 − p₂)))² / (p₁ − p₂)², where p₁ is the base rate, p₂ the changed one,
 * p̄ their mean, z₁ = 1.96 (a false alarm in 5 % of experiments, to either side) and z₂ = 0.84 (a true change is missed in
 * 20 %). Unit: people per variation.
 *
 * <p>Source: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd edition, 2003, chapter 4, without
 * the correction for continuity.
 *
 * @param baseRate conversions per person without the change, more than 0 and less than 1
 * @param relativeChange the smallest change worth seeing, as a part of the base rate; 0.1 is ten percent more, −0.1 less
 */
public record NeededSample(double baseRate, double relativeChange) {
    public NeededSample {
        double changed = baseRate * (1 + relativeChange);
        if (!(baseRate > 0 && baseRate < 1 && changed >= 0 && changed <= 1 && changed != baseRate)) {
            throw new IllegalArgumentException("""
                    baseRate (%s) must be between 0 and 1, and relativeChange (%s) must make another such rate of it.
                    Maybe they are in percent: write 0.05 for 5 %%.""".formatted(baseRate, relativeChange));
        }
    }

    /** People that every variation needs. */
    public long perVariation() {
        double changed = baseRate * (1 + relativeChange);
        double mean = (baseRate + changed) / 2;
        double without = Math.sqrt(2 * mean * (1 - mean));
        double with = Math.sqrt(baseRate * (1 - baseRate) + changed * (1 - changed));
        double errors = Quantiles.NORMAL_975 * without + Quantiles.NORMAL_800 * with;
        return (long) Math.ceil(Math.pow(errors / (changed - baseRate), 2));
    }
}
