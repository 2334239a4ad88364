package io.tappa.engine.decision;

import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.identity.Hashes;
import java.util.List;

/**
 * The answer for all placements asked.
 *
 * @param placements one for each, in the order asked
 * @param contacts what caps know afterwards; the same value as before when no cap counted anything
 */
public record Decision(List<PlacementDecision> placements, ContactHistory contacts) {
    public Decision {
        placements = List.copyOf(placements);
    }

    /** Names what was answered, so that a replay can be compared: 16 hexadecimal digits. */
    public String digest() {
        var text = new StringBuilder();
        for (var decided : placements) {
            text.append(decided.placement())
                    .append('\0')
                    .append(decided.offer())
                    .append('\0')
                    .append(decided.rule())
                    .append('\0')
                    .append(decided.fallback())
                    .append('\0')
                    .append(decided.content())
                    .append('\n');
        }
        return "%016x".formatted(Hashes.first64(text.toString()));
    }
}
