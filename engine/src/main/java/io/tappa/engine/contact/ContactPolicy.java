package io.tappa.engine.contact;

import io.tappa.engine.offer.Offer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One policy over all channels.
 *
 * @param caps how often anything may be decided for one visitor
 * @param zone whose calendar days, weeks and months count
 */
public record ContactPolicy(List<FrequencyCap> caps, ZoneId zone) {
    public ContactPolicy {
        caps = List.copyOf(caps);
    }

    /** The first cap that forbids {@code offer} now, or null. */
    public @Nullable FrequencyCap forbids(Offer offer, String channel, ContactHistory history, Instant now) {
        for (var cap : caps) {
            if (cap.counts(offer, channel) && !cap.allows(history, now, zone)) {
                return cap;
            }
        }
        return null;
    }

    /** The first moment from {@code now} on at which no cap forbids {@code offer}, if nothing else is decided. */
    public Instant allowsAt(Offer offer, String channel, ContactHistory history, Instant now) {
        var allows = now;
        for (var cap : caps) {
            if (cap.counts(offer, channel)) {
                var opens = cap.allowsAt(history, now, zone);
                allows = opens.isAfter(allows) ? opens : allows;
            }
        }
        return allows;
    }

    /** The history after {@code offer} was decided; the same one when no cap counts it. */
    public ContactHistory count(Offer offer, String channel, ContactHistory history, Instant now) {
        var counted = history;
        for (var cap : caps) {
            if (cap.counts(offer, channel)) {
                counted = counted.plus(cap, now);
            }
        }
        return counted;
    }
}
