package io.tappa.engine.campaign;

/** How much of a campaign's offers may be given in all. */
public sealed interface Budget {
    /**
     * A number of offers.
     *
     * @param most how many at most, at least 1
     */
    record Times(long most) implements Budget {
        public Times {
            check("most", most);
        }
    }

    /**
     * A sum of money.
     *
     * @param minorUnits how much at most, in minor units of the pack's currency, at least 1
     */
    record Amount(long minorUnits) implements Budget {
        public Amount {
            check("minorUnits", minorUnits);
        }
    }

    private static void check(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("""
                    %s (%d) of a budget must be at least 1.
                    Maybe a campaign that may give nothing should end.""".formatted(name, value));
        }
    }
}
