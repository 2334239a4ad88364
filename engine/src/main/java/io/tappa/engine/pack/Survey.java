package io.tappa.engine.pack;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the answers of a foreign survey tool are read.
 *
 * @param key its name in the path
 * @param kind which survey it is: nps, csat or ces
 * @param score where the score stands
 * @param scores what answers in words are worth, in small letters; empty where scores are numbers
 * @param touchpoint what the answer is about, or null
 * @param ids where ids stand, by kind: userId, anonymousId, email, card
 * @param at where the time stands, or null for now
 * @param id where the answer's own id stands, or null
 * @param comment where a comment stands, or null
 */
public record Survey(
        String key,
        Said kind,
        ValuePath score,
        SortedMap<String, Integer> scores,
        @Nullable Said touchpoint,
        SortedMap<String, ValuePath> ids,
        @Nullable ValuePath at,
        @Nullable ValuePath id,
        @Nullable ValuePath comment) {
    public Survey {
        scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
        ids = Collections.unmodifiableSortedMap(new TreeMap<>(ids));
    }

    /** What the author says once for all answers, or where each answer says it. */
    public sealed interface Said {
        /** The same for all answers. */
        record Word(String word) implements Said {}

        /** As each answer says. */
        record From(ValuePath path) implements Said {}
    }
}
