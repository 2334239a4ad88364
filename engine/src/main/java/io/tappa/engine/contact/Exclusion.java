package io.tappa.engine.contact;

import io.tappa.engine.identity.Hashes;
import io.tappa.engine.offer.Offer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Offers of one group that exclude each other: who was given one of them gets no other for a while.
 *
 * @param group which
 * @param per for how long
 * @param slot the key of what was given in a {@link ContactHistory}
 */
public record Exclusion(String group, Duration per, int slot) {
    /** An exclusion with the slot that belongs to it. */
    public Exclusion(String group, Duration per) {
        this(group, per, Hashes.first32("only one of " + group));
    }

    /** Whether {@code offer} is one of them. */
    public boolean counts(Offer offer) {
        return group.equals(offer.group());
    }

    /** When another one of them was given that keeps {@code offer} away at {@code now}, or null. */
    public @Nullable Instant given(Offer offer, ContactHistory history, Instant now) {
        var given = history.given().get(slot);
        if (given == null || given.offer() == name(offer)) {
            return null;
        }
        var at = Instant.ofEpochMilli(given.atMillis());
        return at.plus(per).isAfter(now) ? at : null;
    }

    ContactHistory count(Offer offer, ContactHistory history, Instant now) {
        return history.giving(slot, new ContactHistory.Given(name(offer), now.toEpochMilli()));
    }

    private static int name(Offer offer) {
        return Hashes.first32(offer.key());
    }
}
