package io.tappa.engine.experiment;

/**
 * The conversion rate: how many of all people did what was hoped for.
 *
 * <p>Rate p = conversions / people. Interval: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), with n people and
 * z = 1.96. Unit: part of 1.
 *
 * <p>Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference, Journal of the American
 * Statistical Association 22, 1927; recommended for binomial rates by Brown, Cai and DasGupta, Statistical Science 16, 2001.
 *
 * @param conversions how many people did it, each counted once
 * @param people how many could have, at least 1
 */
public record Proportion(long conversions, long people) {
    public Proportion {
        if (people < 1 || conversions < 0 || conversions > people) {
            throw new IllegalArgumentException("""
                    conversions (%d) must be 0 to people (%d), of whom there must be at least 1.
                    Maybe somebody was counted twice.""".formatted(conversions, people));
        }
    }

    /** Conversions per person. */
    public double rate() {
        return (double) conversions / people;
    }

    /** The rate with its interval, whose ends are never outside 0 and 1. */
    public Estimate estimate() {
        double z2 = Quantiles.NORMAL_975 * Quantiles.NORMAL_975;
        double middle = conversions + z2 / 2;
        double reach = Quantiles.NORMAL_975 * Math.sqrt(conversions * (1 - rate()) + z2 / 4);
        double low = conversions == 0 ? 0 : (middle - reach) / (people + z2);
        double high = conversions == people ? 1 : (middle + reach) / (people + z2);
        return new Estimate(rate(), low, high);
    }
}
