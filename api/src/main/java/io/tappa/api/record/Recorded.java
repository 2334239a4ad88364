package io.tappa.api.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.engine.identity.VisitorKey;
import java.util.ArrayList;
import java.util.List;
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
        return millisOf(line);
    }

    /** The same of the decision whose record is {@code line}. */
    static long millisOf(ObjectNode line) {
        return DecisionIds.uuid(line.path("id").asText()).getMostSignificantBits() >>> 16;
    }

    /** The first digits of the hash of the pack that made it. */
    public String pack() {
        return line.path("p").asText();
    }

    /** The touchpoint it was made for. */
    public String touchpoint() {
        return line.path("t").asText();
    }

    /** The names of the placements it filled, in the order asked. */
    public List<String> placements() {
        var names = new ArrayList<String>();
        line.path("q").forEach(name -> names.add(name.asText()));
        return names;
    }

    /** Hash of the surroundings it was made in; empty on an ordinary day. */
    public String around() {
        return aroundOf(line);
    }

    /** The same of the decision whose record is {@code line}. */
    public static String aroundOf(ObjectNode line) {
        return line.path("a").asText();
    }

    /** Names what was answered. */
    public String digest() {
        return digestOf(line);
    }

    /** The same of the decision whose record is {@code line}. */
    public static String digestOf(ObjectNode line) {
        return line.path("d").asText();
    }
}
