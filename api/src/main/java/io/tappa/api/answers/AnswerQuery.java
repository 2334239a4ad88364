package io.tappa.api.answers;

import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.engine.fact.AnswerAccumulator.Survey;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.transition.AnswerCounts;
import io.tappa.engine.transition.AnswerCounts.Answered;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which answers are asked for.
 *
 * @param surveys of which surveys
 * @param touchpoint at which touchpoint, or null for all
 * @param from first day
 * @param to last day, included
 */
record AnswerQuery(List<Survey> surveys, @Nullable String touchpoint, LocalDate from, LocalDate to) {
    /** As long as answers are kept. */
    private static final int MOST_DAYS = 400;

    private static final int DAYS = 30;

    AnswerQuery {
        surveys = List.copyOf(surveys);
    }

    /** What {@code request} asks for; the last {@value #DAYS} days up to {@code today} unless it names others. */
    static AnswerQuery of(ServerRequest request, PackSnapshot pack, LocalDate today) {
        var to = day(request, "to", today);
        var from = day(request, "from", to.minusDays(DAYS - 1L));
        if (from.isAfter(to) || from.isBefore(to.minusDays(MOST_DAYS - 1L))) {
            throw Field.wrong(
                    "from",
                    "From %s to %s is no range of 1 to %d days.".formatted(from, to, MOST_DAYS),
                    "Send the first day as from and the last as to.");
        }
        return new AnswerQuery(surveys(request), touchpoint(request, pack), from, to);
    }

    boolean asksFor(Answered answered) {
        return surveys.contains(answered.survey()) && (touchpoint == null || touchpoint.equals(answered.touchpoint()));
    }

    private static LocalDate day(ServerRequest request, String name, LocalDate otherwise) {
        var text = request.queryParam(name).orElse("");
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException noDay) {
            // the advice is the same
        }
        throw Field.wrong(name, "\"%s\" is no day.".formatted(text), "Send a date such as 2026-03-02.");
    }

    private static List<Survey> surveys(ServerRequest request) {
        var kind = request.queryParam("kind").orElse("");
        if (kind.isEmpty()) {
            return List.of(Survey.values());
        }
        var survey = Survey.of(kind);
        if (survey == null) {
            var kinds = Arrays.stream(Survey.values()).map(Survey::key).toList();
            throw Field.wrong(
                    "kind", "There is no survey \"%s\".".formatted(kind), Suggestion.cure(kind, "surveys", kinds));
        }
        return List.of(survey);
    }

    private static @Nullable String touchpoint(ServerRequest request, PackSnapshot pack) {
        var touchpoint = request.queryParam("touchpoint").orElse("");
        if (touchpoint.isEmpty()) {
            return null;
        }
        var known = new ArrayList<>(pack.touchpoints().keys());
        known.addAll(List.of(AnswerCounts.NOWHERE, AnswerCounts.ELSEWHERE));
        if (!known.contains(touchpoint)) {
            throw new HttpProblem(
                    ProblemCode.UNKNOWN_TOUCHPOINT,
                    "touchpoint",
                    "There is no touchpoint \"%s\".".formatted(touchpoint),
                    Suggestion.cure(touchpoint, "touchpoints", known));
        }
        return touchpoint;
    }
}
