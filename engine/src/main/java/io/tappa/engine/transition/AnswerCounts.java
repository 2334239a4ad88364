package io.tappa.engine.transition;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.AnswerAccumulator;
import io.tappa.engine.fact.AnswerAccumulator.Survey;
import io.tappa.engine.pack.PackSnapshot;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many answers to surveys some events brought; of whom is not said.
 *
 * @param counts how many of each
 */
public record AnswerCounts(SortedMap<Answered, Long> counts) {
    /** No answers. */
    public static final AnswerCounts NONE = new AnswerCounts(Collections.emptySortedMap());
    /** Where answers stand that name no touchpoint. */
    public static final String NOWHERE = "none";
    /** Where answers stand that name a touchpoint the pack does not know. */
    public static final String ELSEWHERE = "other";

    public AnswerCounts {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /**
     * Answers that are counted together.
     *
     * @param survey which survey
     * @param touchpoint key of a touchpoint, {@value #NOWHERE} or {@value #ELSEWHERE}
     * @param day when, in the pack's zone
     * @param score a score on the survey's scale
     */
    public record Answered(Survey survey, String touchpoint, LocalDate day, int score) implements Comparable<Answered> {
        private static final Comparator<Answered> ORDER = Comparator.comparing(Answered::survey)
                .thenComparing(Answered::touchpoint)
                .thenComparing(Answered::day)
                .thenComparingInt(Answered::score);

        @Override
        public int compareTo(Answered other) {
            return ORDER.compare(this, other);
        }
    }

    /** The answers among those of {@code events} that were counted; late ones are, those seen before are not. */
    public static AnswerCounts of(PackSnapshot pack, List<VisitorEvent> events, List<Reception> receptions) {
        var counts = new TreeMap<Answered, Long>();
        for (int i = 0; i < events.size(); i++) {
            var answered = receptions.get(i).counts() ? answered(pack, events.get(i)) : null;
            if (answered != null) {
                counts.merge(answered, 1L, Long::sum);
            }
        }
        return counts.isEmpty() ? NONE : new AnswerCounts(counts);
    }

    private static @Nullable Answered answered(PackSnapshot pack, VisitorEvent event) {
        var survey = event.name().equals(AnswerAccumulator.ANSWERED)
                ? Survey.of(event.values().get("kind"))
                : null;
        int score = survey == null
                ? AnswerAccumulator.OFF_SCALE
                : survey.score(event.values().get("score"));
        if (survey == null || score == AnswerAccumulator.OFF_SCALE) {
            return null;
        }
        var day = LocalDate.ofInstant(event.time(), pack.settings().zone());
        return new Answered(survey, where(pack, event.values().get("touchpoint")), day, score);
    }

    private static String where(PackSnapshot pack, @Nullable String touchpoint) {
        if (touchpoint == null || touchpoint.isBlank()) {
            return NOWHERE;
        }
        return pack.touchpoints().find(touchpoint) == null ? ELSEWHERE : touchpoint;
    }
}
