package io.tappa.engine.contact;

import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.OfferTerms;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One policy over all channels.
 *
 * @param caps how often anything may be decided for one visitor
 * @param exclusions groups of which one visitor gets only one
 * @param quiet when some channels are silent, or null
 * @param pressure how much a visitor can bear, or null
 */
public record ContactPolicy(
        List<FrequencyCap> caps,
        List<Exclusion> exclusions,
        @Nullable QuietHours quiet,
        @Nullable Pressure pressure) {
    /** Everything may be shown at any time. */
    public static final ContactPolicy NONE = new ContactPolicy(List.of(), List.of(), null, null);

    public ContactPolicy {
        caps = List.copyOf(caps);
        exclusions = List.copyOf(exclusions);
    }

    /** Whether the visitor's own time matters. */
    public boolean asksForLocalTime() {
        return quiet != null || caps.stream().anyMatch(cap -> cap.window() instanceof Window.Calendar);
    }

    /** The first cap that forbids {@code offer} now to somebody in {@code zone}, or null. */
    public @Nullable FrequencyCap forbids(
            Offer offer, String channel, ContactHistory history, Instant now, ZoneId zone) {
        for (var cap : caps) {
            if (limits(cap, offer, channel) && !cap.allows(history, now, zone)) {
                return cap;
            }
        }
        return null;
    }

    /** The first moment from {@code now} on at which no cap forbids {@code offer}, if nothing else is decided. */
    public Instant allowsAt(Offer offer, String channel, ContactHistory history, Instant now, ZoneId zone) {
        var allows = now;
        for (var cap : caps) {
            if (limits(cap, offer, channel)) {
                var opens = cap.allowsAt(history, now, zone);
                allows = opens.isAfter(allows) ? opens : allows;
            }
        }
        return allows;
    }

    /** Whether {@code cap} may keep {@code offer} away; what is exempt still counts for others. */
    private static boolean limits(FrequencyCap cap, Offer offer, String channel) {
        return cap.counts(offer, channel)
                && switch (offer.terms().kind()) {
                    case MANDATORY -> false;
                    case TRANSACTIONAL -> cap.scope() == FrequencyCap.Scope.OFFER;
                    case DEFAULT -> true;
                };
    }

    /** The exclusion that keeps {@code offer} away now, or null. */
    public @Nullable Exclusion excludes(Offer offer, ContactHistory history, Instant now) {
        if (offer.terms().kind() == OfferTerms.Kind.MANDATORY) {
            return null;
        }
        for (var exclusion : exclusions) {
            if (exclusion.counts(offer) && exclusion.given(offer, history, now) != null) {
                return exclusion;
            }
        }
        return null;
    }

    /** The quiet hours that keep {@code offer} away now, or null. */
    public @Nullable QuietHours silences(Offer offer, String channel, Instant now, ZoneId zone) {
        return isUsual(offer) && quiet != null && quiet.holds(channel, now, zone) ? quiet : null;
    }

    /** The pressure under which {@code offer} is too much now, or null. */
    public @Nullable Pressure isTooMuch(Offer offer, String channel, ContactHistory history, Instant now) {
        return isUsual(offer) && pressure != null && !pressure.allows(channel, history, now) ? pressure : null;
    }

    private static boolean isUsual(Offer offer) {
        return offer.terms().kind() == OfferTerms.Kind.DEFAULT;
    }

    /** The history after {@code offer} was decided; the same one when nothing counts it. */
    public ContactHistory count(Offer offer, String channel, ContactHistory history, Instant now) {
        var counted = history;
        for (var cap : caps) {
            if (cap.counts(offer, channel)) {
                counted = counted.plus(cap, now);
            }
        }
        for (var exclusion : exclusions) {
            if (exclusion.counts(offer)) {
                counted = exclusion.count(offer, counted, now);
            }
        }
        return pressure == null ? counted : pressure.count(channel, counted, now);
    }
}
