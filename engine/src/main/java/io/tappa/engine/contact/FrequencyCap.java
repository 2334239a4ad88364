package io.tappa.engine.contact;

import io.tappa.engine.identity.Hashes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/**
 * At most {@code times} decisions for an offer, a group, a channel or a campaign within a window.
 *
 * @param scope what is counted together
 * @param key which offer, group, channel or campaign
 * @param times allowed within the window, at least 1
 * @param window how far back from the decision to count
 * @param slot the key of its count in a {@link ContactHistory}; a changed cap counts anew
 */
public record FrequencyCap(Scope scope, String key, int times, Window window, int slot) {
    /** Most decisions a cap can count. */
    public static final int MOST_TIMES = 50;

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

    /** A cap with the slot that belongs to it. */
    public FrequencyCap(Scope scope, String key, int times, Window window) {
        this(scope, key, times, window, Hashes.first32("%s %s %s %s".formatted(scope, key, times, window.inWords())));
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
        return history.since(slot, window.start(now, zone)).size();
    }

    /** The first moment from {@code now} on at which one more decision stays within the cap, if nothing else is decided. */
    public Instant allowsAt(ContactHistory history, Instant now, ZoneId zone) {
        var counted = history.since(slot, window.start(now, zone));
        return counted.size() < times
                ? now
                : window.passes(Instant.ofEpochMilli(counted.get(counted.size() - times)), zone);
    }

    /** The cap as a marketer would say it. */
    public String inWords() {
        var what = scope == Scope.ALL ? "anything" : scope.name().toLowerCase(Locale.ROOT) + " " + key;
        return "%s at most %d× per %s".formatted(what, times, window.inWords());
    }
}
