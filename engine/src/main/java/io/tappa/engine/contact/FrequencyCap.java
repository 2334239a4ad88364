package io.tappa.engine.contact;

import io.tappa.engine.identity.Hashes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * At most {@code times} decisions for an offer, a group, a channel or a campaign within a window.
 *
 * <p>One that counts exposures counts a decision for {@link #UNSEEN} only, unless it turns out that its offer was seen: from then on it
 * counts from the moment it was seen, once for each decision.
 *
 * @param scope what is counted together
 * @param key which offer, group, channel or campaign
 * @param times allowed within the window, at least 1
 * @param window how far back from the decision to count
 * @param onExposure whether only what was seen counts for longer
 * @param slot the key of its count in a {@link ContactHistory}; a changed cap counts anew
 */
public record FrequencyCap(Scope scope, String key, int times, Window window, boolean onExposure, int slot) {
    /** Most decisions a cap can count. */
    public static final int MOST_TIMES = 50;

    /** How long a decision counts of which nobody says that it was seen. */
    public static final Duration UNSEEN = Duration.ofMinutes(15);

    /** So much of a moment, in milliseconds, tells offers of one decision apart instead. */
    private static final long OFFERS = 1_023;

    /** Any two numbers: they lead from the slot of a cap to two more that are as little likely to be another's. */
    private static final int UNSEEN_PLACE = 0x5f3759df;

    private static final int SEEN_PLACE = 0x2c1b3c6d;

    /** What a cap counts together. */
    public enum Scope {
        OFFER,
        GROUP,
        CHANNEL,
        CAMPAIGN,
        ALL
    }

    public FrequencyCap {
        if (times < 1 || times > MOST_TIMES) {
            throw new IllegalArgumentException("""
                    times (%d) of the cap on %s must be 1 to %d.
                    Maybe use "never show" instead of a cap.""".formatted(times, key, MOST_TIMES));
        }
    }

    /** A cap on decisions with the slot that belongs to it. */
    public FrequencyCap(Scope scope, String key, int times, Window window) {
        this(scope, key, times, window, false, slot(scope, key, times, window, ""));
    }

    /** The same cap on what was seen. */
    public FrequencyCap ofExposures() {
        return new FrequencyCap(scope, key, times, window, true, slot(scope, key, times, window, " exposure"));
    }

    private static int slot(Scope scope, String key, int times, Window window, String counted) {
        return Hashes.first32("%s %s %s %s".formatted(scope, key, times, window.inWords()) + counted);
    }

    /** The keys of all that it looks at in a {@link ContactHistory}. */
    public List<Integer> slots() {
        return onExposure ? List.of(slot, unseen()) : List.of(slot);
    }

    /** Whether what stands at {@code other} is its own. */
    public boolean owns(int other) {
        return other == slot || (onExposure && (other == unseen() || other == seen()));
    }

    /** Where decisions are that were not seen yet. */
    private int unseen() {
        return slot ^ UNSEEN_PLACE;
    }

    /** Where decisions are that were seen, so that each counts once. */
    private int seen() {
        return slot ^ SEEN_PLACE;
    }

    /** The history after {@code contact} was decided at {@code now}. */
    ContactHistory decided(Contact contact, ContactHistory history, Instant now) {
        return onExposure
                ? history.plus(unseen(), named(contact, now.toEpochMilli()), times)
                : history.plus(slot, now.toEpochMilli(), times);
    }

    /**
     * The history after it was seen at {@code seenMillis} what was decided at {@code decidedMillis}, null where that is not known: then it is
     * the newest that was not seen yet.
     */
    ContactHistory exposed(Contact contact, ContactHistory history, @Nullable Long decidedMillis, long seenMillis) {
        if (!onExposure) {
            return history;
        }
        Long decided = decidedMillis == null
                ? newestUnseen(contact, history, seenMillis)
                : Long.valueOf(named(contact, decidedMillis));
        if (decided == null) {
            return history.plus(slot, seenMillis, times);
        }
        boolean isNew = history.has(unseen(), decided);
        if (!isNew && history.has(seen(), decided)) {
            return history;
        }
        return history.minus(unseen(), decided)
                .plus(seen(), decided, MOST_TIMES)
                .plus(slot, seenMillis, times);
    }

    private @Nullable Long newestUnseen(Contact contact, ContactHistory history, long seenMillis) {
        var unseen = history.since(unseen(), Instant.EPOCH);
        for (int i = unseen.size() - 1; i >= 0; i--) {
            long decided = unseen.get(i);
            long ago = seenMillis - (decided & ~OFFERS);
            if (decided == named(contact, decided) && ago >= 0 && ago < UNSEEN.toMillis()) {
                return decided;
            }
        }
        return null;
    }

    private static long named(Contact contact, long decidedMillis) {
        return (decidedMillis & ~OFFERS) | (Hashes.first32(contact.offer().key()) & OFFERS);
    }

    /** When each of those that count now no longer counts, in order. */
    private List<Instant> passing(ContactHistory history, Instant now, ZoneId zone) {
        var passing = new ArrayList<Instant>();
        for (long counted : history.since(slot, window.start(now, zone))) {
            passing.add(window.passes(Instant.ofEpochMilli(counted), zone));
        }
        if (onExposure) {
            for (long decided : history.since(unseen(), window.start(now, zone))) {
                var passes = window.passes(Instant.ofEpochMilli(decided), zone);
                var unless = Instant.ofEpochMilli(decided & ~OFFERS).plus(UNSEEN);
                var first = unless.isBefore(passes) ? unless : passes;
                if (first.isAfter(now)) {
                    passing.add(first);
                }
            }
        }
        Collections.sort(passing);
        return passing;
    }

    /** Whether a decision for {@code contact} counts. */
    public boolean counts(Contact contact) {
        return switch (scope) {
            case OFFER -> key.equals(contact.offer().key());
            case GROUP -> key.equals(contact.offer().group());
            case CHANNEL -> key.equals(contact.channel());
            case CAMPAIGN -> key.equals(contact.campaign());
            case ALL -> true;
        };
    }

    /** Whether one more decision at {@code now} stays within the cap. */
    public boolean allows(ContactHistory history, Instant now, ZoneId zone) {
        return counted(history, now, zone) < times;
    }

    /** How many decisions it counts at {@code now}. */
    public int counted(ContactHistory history, Instant now, ZoneId zone) {
        return onExposure
                ? passing(history, now, zone).size()
                : history.since(slot, window.start(now, zone)).size();
    }

    /** The first moment from {@code now} on at which one more decision stays within the cap, if nothing else is decided. */
    public Instant allowsAt(ContactHistory history, Instant now, ZoneId zone) {
        var passing = passing(history, now, zone);
        return passing.size() < times ? now : passing.get(passing.size() - times);
    }
}
