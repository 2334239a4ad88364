package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Moment;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last answer to a survey. Scores that are not whole or outside the survey's scale do not count.
 *
 * @param survey which survey
 * @param reading what of the answer the fact tells
 * @param filter which answers count: those of the survey, and perhaps only those given at one touchpoint
 */
public record AnswerAccumulator(Survey survey, Reading reading, EventFilter filter) implements Accumulator.OfEvents {
    /** What answers to surveys are called. */
    public static final String ANSWERED = "Survey Answered";
    /** No score of any survey. */
    public static final int OFF_SCALE = -1;

    private static final String SCORE = "score";
    private static final long THOUSANDTHS = 1_000;
    private static final int MOST_OF_DETRACTORS = 6;
    private static final int LEAST_OF_PROMOTERS = 9;

    /** A survey and its scale. */
    public enum Survey {
        /** Would you recommend us? */
        NPS(0, 10),
        /** How satisfied are you? */
        CSAT(1, 5),
        /** How easy did we make it? */
        CES(1, 7);

        private final int lowest;
        private final int highest;

        Survey(int lowest, int highest) {
            this.lowest = lowest;
            this.highest = highest;
        }

        /** The lowest score. */
        public int lowest() {
            return lowest;
        }

        /** The highest score. */
        public int highest() {
            return highest;
        }

        /** Its name in events and facts. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The score that {@code text} is, or {@link #OFF_SCALE} where it is not whole or outside the scale. */
        public int score(@Nullable String text) {
            long thousandths = text == null ? FactValues.UNKNOWN : Fact.units(text, THOUSANDTHS);
            long score = thousandths / THOUSANDTHS;
            boolean onScale = thousandths % THOUSANDTHS == 0 && lowest <= score && score <= highest;
            return thousandths == FactValues.UNKNOWN || !onScale ? OFF_SCALE : (int) score;
        }

        /** The survey called {@code key} in events, or null. */
        public static @Nullable Survey of(@Nullable String key) {
            for (var survey : values()) {
                if (survey.key().equals(key)) {
                    return survey;
                }
            }
            return null;
        }
    }

    /** What can be read from an answer. */
    public enum Reading {
        /** The score. */
        SCORE,
        /** Whether it is at most 6: they would rather warn their friends. */
        DETRACTOR,
        /** Whether it is at least 9: they would recommend us. */
        PROMOTER
    }

    /** The answers to {@code survey} that also say {@code where}. */
    public static AnswerAccumulator of(Survey survey, Reading reading, SortedMap<String, String> where) {
        var all = new TreeMap<>(where);
        all.put("kind", survey.key());
        return new AnswerAccumulator(survey, reading, new EventFilter(ANSWERED, all));
    }

    @Override
    public String canonical() {
        return "answer " + filter.canonical();
    }

    @Override
    public Set<String> reads() {
        return filter.readsAlso(SCORE);
    }

    @Override
    public @Nullable Cell gather(@Nullable Cell cell, long at, SortedMap<String, String> values) {
        int score = survey.score(values.get(SCORE));
        if (score == OFF_SCALE) {
            return cell;
        }
        var answer = new Moment(at, Integer.toString(score));
        return cell == null ? answer : join(cell, answer);
    }

    /** The later one; of two scores in one millisecond the higher. */
    @Override
    public Cell join(Cell left, Cell right) {
        var one = (Moment) left;
        var other = (Moment) right;
        int order = one.at() != other.at()
                ? Long.compare(one.at(), other.at())
                : Long.compare(Long.parseLong(one.text()), Long.parseLong(other.text()));
        return order >= 0 ? left : right;
    }

    /** The last answer is the last, whatever was missed before it. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return 0;
    }

    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        if (!(cell instanceof Moment answer)) {
            return;
        }
        int score = Integer.parseInt(answer.text());
        switch (reading) {
            case SCORE -> values.put(fact.index(), score);
            case DETRACTOR -> values.put(fact.index(), isOfDetractor(score) ? "yes" : "no");
            case PROMOTER -> values.put(fact.index(), isOfPromoter(score) ? "yes" : "no");
        }
    }

    /** Whether somebody who gives this NPS score would rather warn their friends. */
    public static boolean isOfDetractor(int score) {
        return score <= MOST_OF_DETRACTORS;
    }

    /** Whether somebody who gives this NPS score would recommend us. */
    public static boolean isOfPromoter(int score) {
        return score >= LEAST_OF_PROMOTERS;
    }
}
