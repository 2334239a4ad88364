package io.tappa.engine.decision;

import io.tappa.engine.identity.Hashes;
import io.tappa.engine.visitor.Memory;
import java.util.List;

/**
 * The answer for all placements asked.
 *
 * @param placements one for each, in the order asked
 * @param memory what must be remembered of it; equal to what was remembered before when nothing is
 * @param claims what must be reserved before it may be told
 */
public record Decision(List<PlacementDecision> placements, Memory memory, List<Claim> claims) {
    public Decision {
        claims = List.copyOf(claims);
        placements = List.copyOf(placements);
    }

    /** Names what was answered, so that a replay can be compared: 16 hexadecimal digits. */
    public String digest() {
        var text = new StringBuilder();
        for (var decided : placements) {
            text.append(decided.placement())
                    .append('\0')
                    .append(decided.fallback())
                    .append('\0')
                    .append(decided.experiments())
                    .append('\n');
            for (var choice : decided.choices()) {
                text.append(choice.offer())
                        .append('\0')
                        .append(choice.rule())
                        .append('\0')
                        .append(choice.language())
                        .append('\0')
                        .append(choice.content())
                        .append(choice.products().isEmpty() ? "" : "\0" + choice.products())
                        .append('\n');
            }
        }
        return "%016x".formatted(Hashes.first64(text.toString()));
    }
}
