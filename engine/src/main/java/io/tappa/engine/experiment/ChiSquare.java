package io.tappa.engine.experiment;

/**
 * The upper tail of the chi-square distribution.
 *
 * <p>Q(a, x) with a = degrees of freedom / 2 and x = statistic / 2, the regularised upper incomplete gamma function: where
 * x &lt; a + 1 by the series of its complement, otherwise by its continued fraction.
 *
 * <p>Source: Press, Teukolsky, Vetterling and Flannery, Numerical Recipes, 3rd edition, 2007, section 6.2.
 */
final class ChiSquare {
    /** Enough for millions of degrees of freedom; a few dozen are usual. */
    private static final int MOST_TERMS = 100_000;

    private static final double PRECISION = 1e-15;
    private static final double ALMOST_ZERO = 1e-300;

    private ChiSquare() {}

    /** How probable {@code statistic} or more is by chance. */
    static double probabilityAbove(double statistic, int degreesOfFreedom) {
        if (statistic <= 0 || degreesOfFreedom < 1) {
            return 1;
        }
        double a = degreesOfFreedom / 2.0;
        double x = statistic / 2;
        double scale = Math.exp(a * Math.log(x) - x - logGamma(degreesOfFreedom));
        return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x);
    }

    /** The logarithm of Γ(halves / 2), from Γ(1) = 1 or Γ(1/2) = √π upwards by Γ(k + 1) = k Γ(k). */
    private static double logGamma(int halves) {
        double sum = halves % 2 == 0 ? 0 : Math.log(Math.PI) / 2;
        for (int k = 2 - halves % 2; k < halves; k += 2) {
            sum += Math.log(k / 2.0);
        }
        return sum;
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MOST_TERMS && term > sum * PRECISION; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /** By the method of Lentz, in which no denominator is ever zero. */
    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / ALMOST_ZERO;
        double d = 1 / b;
        double product = d;
        double change = 0;
        for (int n = 1; n < MOST_TERMS && Math.abs(change - 1) > PRECISION; n++) {
            double numerator = -n * (n - a);
            b += 2;
            d = 1 / awayFromZero(numerator * d + b);
            c = awayFromZero(b + numerator / c);
            change = c * d;
            product *= change;
        }
        return product;
    }

    private static double awayFromZero(double denominator) {
        return Math.abs(denominator) < ALMOST_ZERO ? ALMOST_ZERO : denominator;
    }
}
