package io.tappa.engine.pack;

import io.tappa.engine.rule.file.Vocabulary;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What campaigns and experiments build on.
 *
 * @param settings the settings of the pack
 * @param words offers, touchpoints and facts
 * @param segments names of the segments
 * @param events names of all events that facts and moves know; null where nothing can be said about them
 */
record ProgrammeGround(
        PackSettings settings,
        Vocabulary words,
        List<String> segments,
        @Nullable SortedSet<String> events) {
    ProgrammeGround {
        segments = List.copyOf(segments);
        events = events == null ? null : new TreeSet<>(events);
    }
}
