package io.tappa.engine.touchpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One slot of a touchpoint.
 *
 * @param touchpoint key of the touchpoint it belongs to
 * @param key its name within the touchpoint
 * @param fields what its content consists of; empty accepts any content
 * @param count how many offers it shows at most, 1 for all but lists
 * @param keep how long what it shows stays, or null where each decision is a new one
 * @param fallback id of the offer shown when no rule wins, or null for nothing
 */
public record Placement(
        String touchpoint,
        String key,
        List<ContentField> fields,
        int count,
        @Nullable Keep keep,
        @Nullable String fallback) {
    /** Most offers a list can show. */
    public static final int MOST = 20;

    public Placement {
        fields = List.copyOf(fields);
    }

    /** The name rules use: {@code touchpoint.placement}. */
    public String fullName() {
        return touchpoint + "." + key;
    }
}
