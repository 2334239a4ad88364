package io.tappa.engine.contact;

import io.tappa.engine.offer.OfferTerms;
import java.time.Duration;
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
 * @param dismissed for how long an offer stays away that was dismissed
 */
public record ContactPolicy(
        List<FrequencyCap> caps,
        List<Exclusion> exclusions,
        @Nullable QuietHours quiet,
        @Nullable Pressure pressure,
        Duration dismissed) {
    /** How long what was dismissed stays away unless the author says otherwise. */
    public static final Duration DISMISSED = Duration.ofDays(30);
    /** Everything may be shown at any time. */
    public static final ContactPolicy NONE = new ContactPolicy(List.of(), List.of(), null, null, DISMISSED);

    public ContactPolicy {
        caps = List.copyOf(caps);
        exclusions = List.copyOf(exclusions);
    }

    /** Whether the visitor's own time matters. */
    public boolean asksForLocalTime() {
        return quiet != null || caps.stream().anyMatch(cap -> cap.window() instanceof Window.Calendar);
    }

    /** The first cap that forbids {@code contact} now with somebody in {@code zone}, or null. */
    public @Nullable FrequencyCap forbids(Contact contact, ContactHistory history, Instant now, ZoneId zone) {
        for (var cap : caps) {
            if (limits(cap, contact) && !cap.allows(history, now, zone)) {
                return cap;
            }
        }
        return null;
    }

    /** The first moment from {@code now} on at which no cap forbids {@code contact}, if nothing else is decided. */
    public Instant allowsAt(Contact contact, ContactHistory history, Instant now, ZoneId zone) {
        var allows = now;
        for (var cap : caps) {
            if (limits(cap, contact)) {
                var opens = cap.allowsAt(history, now, zone);
                allows = opens.isAfter(allows) ? opens : allows;
            }
        }
        return allows;
    }

    /** Whether {@code cap} may keep it away; what is exempt still counts for others. */
    private static boolean limits(FrequencyCap cap, Contact contact) {
        return cap.counts(contact)
                && switch (contact.offer().terms().kind()) {
                    case MANDATORY -> false;
                    case TRANSACTIONAL -> cap.scope() == FrequencyCap.Scope.OFFER;
                    case DEFAULT -> true;
                };
    }

    /** The exclusion that keeps it away now, or null. */
    public @Nullable Exclusion excludes(Contact contact, ContactHistory history, Instant now) {
        var offer = contact.offer();
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

    /** The quiet hours that keep it away now, or null. */
    public @Nullable QuietHours silences(Contact contact, Instant now, ZoneId zone) {
        return isUsual(contact) && quiet != null && quiet.holds(contact.channel(), now, zone) ? quiet : null;
    }

    /** The pressure under which it is too much now, or null. */
    public @Nullable Pressure isTooMuch(Contact contact, ContactHistory history, Instant now) {
        return isUsual(contact) && pressure != null && !pressure.allows(contact.channel(), history, now)
                ? pressure
                : null;
    }

    private static boolean isUsual(Contact contact) {
        return contact.offer().terms().kind() == OfferTerms.Kind.DEFAULT;
    }

    /**
     * The history after it was seen at {@code seenMillis} what was decided at {@code decidedMillis}, or null where nobody says when; both in
     * milliseconds since 1970.
     */
    public ContactHistory exposed(
            Contact contact, ContactHistory history, @Nullable Long decidedMillis, long seenMillis) {
        var counted = history;
        for (var cap : caps) {
            if (cap.counts(contact)) {
                counted = cap.exposed(contact, counted, decidedMillis, seenMillis);
            }
        }
        return counted;
    }

    /** The history after {@code contact} was decided; the same one when nothing counts it. */
    public ContactHistory count(Contact contact, ContactHistory history, Instant now) {
        var counted = history;
        for (var cap : caps) {
            if (cap.counts(contact)) {
                counted = cap.decided(contact, counted, now);
            }
        }
        for (var exclusion : exclusions) {
            if (exclusion.counts(contact.offer())) {
                counted = exclusion.count(contact.offer(), counted, now);
            }
        }
        return pressure == null ? counted : pressure.count(contact.channel(), counted, now);
    }
}
