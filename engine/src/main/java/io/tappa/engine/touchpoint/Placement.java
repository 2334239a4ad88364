package io.tappa.engine.touchpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One slot of a touchpoint.
 *
 * @param touchpoint key of the touchpoint it belongs to
 * @param key its name within the touchpoint
 * @param fields what its content consists of; empty accepts any content
 * @param fallback id of the offer shown when no rule wins, or null for nothing
 */
public record Placement(
        String touchpoint,
        String key,
        List<ContentField> fields,
        @Nullable String fallback) {
    public Placement {
        fields = List.copyOf(fields);
    }

    /** The name rules use: {@code touchpoint.placement}. */
    public String fullName() {
        return touchpoint + "." + key;
    }
}
