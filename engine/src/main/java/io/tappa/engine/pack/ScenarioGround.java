package io.tappa.engine.pack;

import io.tappa.engine.journey.Journey;
import io.tappa.engine.rule.file.Vocabulary;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What scenarios name.
 *
 * @param words facts, touchpoints and offers
 * @param journeys the journeys
 * @param rules ids of the rules; null when some could not be read, so that any may be meant
 * @param programme campaigns and experiments; null when some could not be read
 */
record ScenarioGround(
        Vocabulary words,
        List<Journey> journeys,
        @Nullable SortedSet<String> rules,
        @Nullable Programme programme) {
    ScenarioGround {
        journeys = List.copyOf(journeys);
    }
}
