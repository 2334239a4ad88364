package io.tappa.engine.experiment;

/** How many standard errors an interval reaches. */
final class Quantiles {
    /** Of the normal distribution, for 95 % in the middle. */
    static final double NORMAL_975 = 1.959963984540054;

    /** Of the normal distribution, for a power of 80 %. */
    static final double NORMAL_800 = 0.8416212335729143;

    private Quantiles() {}

    /**
     * Of Student's t distribution, for 95 % in the middle; wrong by at most 0.00001 from 29 degrees of freedom on.
     *
     * <p>Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, formula 26.7.5, the first four terms.
     */
    static double studentT975(double degreesOfFreedom) {
        double z = NORMAL_975;
        double first = (Math.pow(z, 3) + z) / 4;
        double second = (5 * Math.pow(z, 5) + 16 * Math.pow(z, 3) + 3 * z) / 96;
        double third = (3 * Math.pow(z, 7) + 19 * Math.pow(z, 5) + 17 * Math.pow(z, 3) - 15 * z) / 384;
        return z + (first + (second + third / degreesOfFreedom) / degreesOfFreedom) / degreesOfFreedom;
    }
}
