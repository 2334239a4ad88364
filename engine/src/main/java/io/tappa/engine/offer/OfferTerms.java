package io.tappa.engine.offer;

import io.tappa.engine.calendar.Hours;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * On what terms an offer may be presented, beside its dates.
 *
 * @param purpose what somebody must have consented to, or null; one of the purposes of consent
 * @param kind how much of the contact policy it is exempt from
 * @param hours when it may be presented, in the visitor's zone; null for always
 * @param segment whom it is for, or null for everybody
 * @param products what must be in stock, all of it; ids of products
 * @param cost what each display costs, in minor units of the pack's currency; 0 where it costs nothing
 * @param codes the pool of which each person gets one code, or null where it needs none
 */
public record OfferTerms(
        @Nullable String purpose,
        Kind kind,
        @Nullable Hours hours,
        @Nullable String segment,
        SortedSet<String> products,
        long cost,
        @Nullable String codes) {
    /** The usual terms. */
    public static final OfferTerms USUAL = new OfferTerms(null, Kind.DEFAULT, null, null, new TreeSet<>(), 0, null);

    /** How much of the contact policy an offer is exempt from. */
    public enum Kind {
        /** What somebody must hear: exempt from consent, caps, exclusions, quiet hours and pressure. */
        MANDATORY,
        /** What belongs to something somebody did: exempt from wider caps than its own, from quiet hours and pressure. */
        TRANSACTIONAL,
        /** Exempt from nothing. */
        DEFAULT;

        /** The word for it in files. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OfferTerms {
        products = Collections.unmodifiableSortedSet(new TreeSet<>(products));
    }
}
