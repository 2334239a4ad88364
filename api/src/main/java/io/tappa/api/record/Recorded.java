package io.tappa.api.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.engine.identity.VisitorKey;
import java.util.UUID;

/**
 * A decision as it was written down.
 *
 * @param place where
 * @param line what
 */
public record Recorded(VisitorKey place, ObjectNode line) {
    /** Names the decision. */
    public UUID uuid() {
        return DecisionIds.uuid(line.path("id").asText());
    }

    /** The moment it was made for, in milliseconds since 1970. */
    public long atMillis() {
        return uuid().getMostSignificantBits() >>> 16;
    }

    /** The first digits of the hash of the pack that made it. */
    String pack() {
        return line.path("p").asText();
    }

    /** Hash of the surroundings it was made in; empty on an ordinary day. */
    String around() {
        return line.path("a").asText();
    }

    /** Names what was answered. */
    public String digest() {
        return line.path("d").asText();
    }
}
