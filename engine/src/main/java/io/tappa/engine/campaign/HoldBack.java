package io.tappa.engine.campaign;

import io.tappa.engine.experiment.Holdout;

/**
 * A part of all people from whom something is deliberately kept, so that one sees what it brings.
 *
 * @param shareInHundredthsOfPercent how many, 1 to 9,999, where 1,000 is 10 %
 * @param shows what they see in place of it
 */
public record HoldBack(int shareInHundredthsOfPercent, Shows shows) {
    /** All people, in hundredths of a percent. */
    public static final int EVERYBODY = 10_000;

    private static final int PARTS_PER_MILLION = 100;

    /** What somebody sees from whom the winner is kept. */
    public enum Shows {
        /** The best offer that does not belong to it. */
        NEXT_BEST,
        /** The fallback of the placement. */
        FALLBACK,
        NOTHING
    }

    public HoldBack {
        if (shareInHundredthsOfPercent < 1 || shareInHundredthsOfPercent >= EVERYBODY) {
            throw new IllegalArgumentException("""
                    shareInHundredthsOfPercent (%d) must be 1 to %d.
                    Maybe it is meant in percent: one percent is 100.""".formatted(shareInHundredthsOfPercent, EVERYBODY - 1));
        }
    }

    /** Who they are; another {@code salt} holds back other people, independently. */
    public Holdout holdout(String salt) {
        return new Holdout(salt, shareInHundredthsOfPercent * PARTS_PER_MILLION);
    }
}
