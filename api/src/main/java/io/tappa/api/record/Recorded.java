package io.tappa.api.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.engine.identity.VisitorKey;
import java.util.Locale;
import java.util.UUID;

/**
 * A decision as it was written down.
 *
 * @param place where
 * @param line what
 * @param from what keeps it
 */
public record Recorded(VisitorKey place, ObjectNode line, From from) {
    /** A decision that the log still has. */
    public Recorded(VisitorKey place, ObjectNode line) {
        this(place, line, From.HOT);
    }

    /** What keeps a record. */
    public enum From {
        /** The log of the visitor. */
        HOT,
        /** The files of the hour. */
        ARCHIVE;

        /** Its name in answers. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
    public String around() {
        return line.path("a").asText();
    }

    /** Names what was answered. */
    public String digest() {
        return line.path("d").asText();
    }
}
