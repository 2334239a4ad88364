package io.tappa.engine.contact;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much one visitor can bear on all channels together.
 *
 * @param budget points at most, in hundredths
 * @param per how far back they count
 * @param costs what one contact costs, by channel, in hundredths of points; channels not named cost nothing
 */
public record Pressure(long budget, Duration per, SortedMap<String, Long> costs) {
    /** Hundredths in one point. */
    public static final long HUNDREDTHS = 100;

    /** In so many stretches of the window what was spent is told apart. */
    static final int STRETCHES = 64;

    public Pressure {
        costs = Collections.unmodifiableSortedMap(new TreeMap<>(costs));
        if (budget < 1 || per.isZero() || per.isNegative()) {
            throw new IllegalArgumentException("""
                    budget (%d) and per (%s) of the pressure must be more than nothing.
                    Maybe leave the pressure out of the contact policy.""".formatted(budget, per));
        }
    }

    /** What one contact on {@code channel} costs, in hundredths of points. */
    public long cost(String channel) {
        return costs.getOrDefault(channel, 0L);
    }

    /** What was spent and still counts at {@code now}, in hundredths of points. */
    public long spent(ContactHistory history, Instant now) {
        return history.spentAfter(now.minus(per).toEpochMilli());
    }

    /** Whether one more contact on {@code channel} stays within the budget. */
    public boolean allows(String channel, ContactHistory history, Instant now) {
        long cost = cost(channel);
        return cost == 0 || spent(history, now) + cost <= budget;
    }

    /**
     * The first moment from {@code now} on at which one more contact stays within the budget if nothing else is decided;
     * {@link Instant#MAX} where one alone is too much.
     */
    public Instant allowsAt(String channel, ContactHistory history, Instant now) {
        if (allows(channel, history, now)) {
            return now;
        }
        for (long moment : history.spent().keySet()) {
            var lapses = Instant.ofEpochMilli(moment).plus(per);
            if (lapses.isAfter(now) && allows(channel, history, lapses)) {
                return lapses;
            }
        }
        return Instant.MAX;
    }

    /** The history after one more contact on {@code channel}; noted a little late, so that none lapses early. */
    ContactHistory count(String channel, ContactHistory history, Instant now) {
        long cost = cost(channel);
        if (cost == 0) {
            return history;
        }
        long stretch = Math.max(1, per.toMillis() / STRETCHES);
        long noted = -Math.floorDiv(-now.toEpochMilli(), stretch) * stretch;
        return history.spending(noted, cost, now.minus(per).toEpochMilli());
    }

    /** Points in hundredths as a marketer would write them. */
    public static String inWords(long hundredths) {
        var digits = BigDecimal.valueOf(hundredths, 2).stripTrailingZeros();
        return digits.toPlainString();
    }
}
