package io.tappa.engine.campaign;

import io.tappa.engine.calendar.Hours;
import io.tappa.engine.experiment.Goal;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Offers that are on together for a while. An offer that belongs to campaigns is on only while one of them is.
 *
 * @param key stable name
 * @param fromMillis its first moment, or {@link Long#MIN_VALUE}
 * @param untilMillis the first moment when it is over, or {@link Long#MAX_VALUE}
 * @param hours when it is on within that time, in the visitor's zone; null for always
 * @param segment whom it is for, or null for everybody
 * @param offers what it shows: at least one, none twice
 * @param holdBack from whom it is kept, to see what it brings; null for nobody
 * @param budget how much it may give in all, or null for no end
 * @param goal what people should do, or null
 * @param guardRails when it is looked after by itself, or null
 */
public record Campaign(
        String key,
        long fromMillis,
        long untilMillis,
        @Nullable Hours hours,
        @Nullable String segment,
        List<String> offers,
        @Nullable HoldBack holdBack,
        @Nullable Budget budget,
        @Nullable Goal goal,
        @Nullable GuardRails guardRails) {
    private static final String SALT = "campaign ";

    public Campaign {
        offers = List.copyOf(offers);
        if (fromMillis >= untilMillis) {
            throw new IllegalArgumentException("""
                    fromMillis (%d) of the campaign %s must be before untilMillis (%d).
                    Maybe the two were swapped.""".formatted(fromMillis, key, untilMillis));
        }
        if (offers.isEmpty() || new HashSet<>(offers).size() < offers.size()) {
            throw new IllegalArgumentException("""
                    offers (%s) of the campaign %s must be at least one, and none of them twice.
                    Maybe the campaign is not ready yet.""".formatted(offers, key));
        }
        if (budget == null && guardRails != null && guardRails.budgetInHundredthsOfPercent() != null) {
            throw new IllegalArgumentException("""
                    guardRails of the campaign %s look after a budget, but budget is null.
                    Maybe leave that limit out.""".formatted(key));
        }
    }

    /** Whether {@code nowMillis} is within its dates; its hours may still be over. */
    public boolean isOpen(long nowMillis) {
        return fromMillis <= nowMillis && nowMillis < untilMillis;
    }

    /** Whether some moment is within the dates of both. */
    public boolean overlaps(Campaign other) {
        return fromMillis < other.untilMillis && other.fromMillis < untilMillis;
    }

    /** Whether its offers are kept from {@code unitKey}, whoever that is. */
    public boolean holdsBack(String unitKey) {
        return holdBack != null && holdBack.holdout(SALT + key).holds(unitKey);
    }
}
