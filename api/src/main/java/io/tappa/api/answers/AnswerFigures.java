package io.tappa.api.answers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.engine.fact.AnswerAccumulator;
import io.tappa.engine.fact.AnswerAccumulator.Survey;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** The figures of one survey: exact, rounded half up once, to hundredths. */
final class AnswerFigures {
    private static final int LEAST_SATISFIED = 4;
    private static final long PERCENT = 100;

    private final Survey survey;
    private final SortedMap<Integer, Long> byScore = new TreeMap<>();

    AnswerFigures(Survey survey) {
        this.survey = survey;
    }

    void add(int score, long count) {
        byScore.merge(score, count, Long::sum);
    }

    /** Writes the figures into {@code json}; without any answer only that there is none. */
    void put(ObjectNode json) {
        long count = count(score -> true);
        json.put("count", count);
        var scores = json.putObject("scores");
        for (int score = survey.lowest(); score <= survey.highest(); score++) {
            scores.put(Integer.toString(score), byScore.getOrDefault(score, 0L));
        }
        if (count > 0) {
            put(json, "mean", sum(), count);
            putMeaning(json, count);
        }
    }

    private void putMeaning(ObjectNode json, long count) {
        switch (survey) {
            case NPS -> {
                long promoters = count(AnswerAccumulator::isOfPromoter);
                long detractors = count(AnswerAccumulator::isOfDetractor);
                json.put("promoters", promoters);
                json.put("passives", count - promoters - detractors);
                json.put("detractors", detractors);
                put(json, "nps", PERCENT * (promoters - detractors), count);
            }
            case CSAT -> {
                long satisfied = count(score -> score >= LEAST_SATISFIED);
                json.put("satisfied", satisfied);
                put(json, "satisfiedPercent", PERCENT * satisfied, count);
            }
            case CES -> {}
        }
    }

    private long count(IntPredicate which) {
        long count = 0;
        for (var scored : byScore.entrySet()) {
            count += which.test(scored.getKey()) ? scored.getValue() : 0;
        }
        return count;
    }

    private long sum() {
        long sum = 0;
        for (var scored : byScore.entrySet()) {
            sum += scored.getKey() * scored.getValue();
        }
        return sum;
    }

    private static void put(ObjectNode json, String name, long sum, long count) {
        var value = BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP);
        var whole = value.setScale(0, RoundingMode.DOWN);
        if (value.compareTo(whole) == 0) {
            json.put(name, whole.longValueExact());
        } else {
            json.put(name, value);
        }
    }
}
