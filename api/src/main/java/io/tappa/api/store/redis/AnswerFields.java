package io.tappa.api.store.redis;

import io.tappa.engine.fact.AnswerAccumulator.Survey;
import io.tappa.engine.transition.AnswerCounts;
import io.tappa.engine.transition.AnswerCounts.Answered;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.SortedMap;
import java.util.TreeMap;

/** Answers as fields of a month's hash: {@code nps 09 2026-03-02 till}. */
final class AnswerFields {
    /** A month is kept so long after its last answer came in. */
    static final Duration LIFE = Duration.ofDays(400);

    private static final int PARTS = 4;

    private AnswerFields() {}

    static SortedMap<YearMonth, SortedMap<String, Long>> byMonth(AnswerCounts answers) {
        var months = new TreeMap<YearMonth, SortedMap<String, Long>>();
        answers.counts()
                .forEach((answered, count) -> months.computeIfAbsent(
                                YearMonth.from(answered.day()), month -> new TreeMap<>())
                        .put(field(answered), count));
        return months;
    }

    private static String field(Answered answered) {
        return "%s %d %s %s"
                .formatted(answered.survey().name(), answered.score(), answered.day(), answered.touchpoint());
    }

    static Answered answered(String field) {
        var parts = field.split(" ", PARTS);
        return new Answered(Survey.valueOf(parts[0]), parts[3], LocalDate.parse(parts[2]), Integer.parseInt(parts[1]));
    }
}
