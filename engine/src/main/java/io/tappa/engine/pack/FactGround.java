package io.tappa.engine.pack;

import io.tappa.engine.touchpoint.Touchpoints;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the other files of a pack name, as far as facts build on it.
 *
 * @param settings what pack.yaml says
 * @param touchpoints where people meet us
 * @param journeys the journeys, of which only the stages are known yet
 * @param personas names of the personas
 * @param segments names of the segments
 */
record FactGround(
        PackSettings settings,
        Touchpoints touchpoints,
        List<JourneyReader> journeys,
        List<String> personas,
        List<String> segments) {
    FactGround {
        journeys = List.copyOf(journeys);
        personas = List.copyOf(personas);
        segments = List.copyOf(segments);
    }

    List<String> journeyKeys() {
        return journeys.stream()
                .map(JourneyReader::key)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Whether some journey has no readable name, so that any name may be meant. */
    boolean hasNamelessJourney() {
        return journeys.stream().anyMatch(reader -> reader.key() == null);
    }

    List<String> stageKeys(String journey) {
        return journeys.stream()
                .filter(reader -> journey.equals(reader.key()))
                .flatMap(reader -> reader.stageKeys().stream())
                .distinct()
                .toList();
    }

    /** How soon the goal of a stage should be reached, in milliseconds by stage, where the journey says so. */
    SortedMap<String, Long> goalMillis(String journey) {
        var goals = new TreeMap<String, Long>();
        journeys.stream()
                .filter(reader -> journey.equals(reader.key()))
                .forEach(reader -> goals.putAll(reader.goalMillis()));
        return goals;
    }
}
