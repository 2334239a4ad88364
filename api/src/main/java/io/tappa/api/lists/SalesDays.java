package io.tappa.api.lists;

import java.time.Instant;
import java.time.ZoneId;

/** The days of which sales count for bestsellers, as days since 1970 where the pack is. */
final class SalesDays {
    /** How many days count, the present one among them. */
    static final int COUNTED = 30;

    private SalesDays() {}

    static long day(long millis, ZoneId zone) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate().toEpochDay();
    }

    /** The first day that counts on {@code today}. */
    static long first(long today) {
        return today - COUNTED + 1;
    }
}
