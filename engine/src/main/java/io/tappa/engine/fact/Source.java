package io.tappa.engine.fact;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where the value of a fact comes from. */
public sealed interface Source {
    /** Names of the days as authors write them, Monday first. */
    List<String> WEEKDAYS = Arrays.stream(DayOfWeek.values())
            .map(day -> day.name().toLowerCase(Locale.ROOT))
            .toList();

    /** Writes the fact's value at {@code moment} into {@code values}, unless it is unknown. */
    void fill(FactValues values, Fact fact, Moment moment);

    /** What its words are names of, such as {@code stage}; empty where they are only values. */
    default String namesOf() {
        return "";
    }

    /**
     * When and around what facts are read.
     *
     * @param around what holds around the visitor
     * @param local the moment in the pack's zone
     * @param theirs the moment in the visitor's zone, or the pack's where that is not known
     */
    record Moment(Circumstances around, ZonedDateTime local, ZonedDateTime theirs) {}

    /** Whether it tells the time where the visitor is. */
    static boolean isLocalTime(Source source) {
        return source instanceof LocalHour || source instanceof Weekday;
    }

    /** Gathered from events; the catalogue reads it, since it knows the cell. */
    record Gathered(Accumulator accumulator) implements Source {
        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            accumulator.read(null, fact, values, moment.local().getZone());
        }
    }

    /**
     * Nothing: the definition could not be read, and the fact stands here so that its one mistake is told once, not at
     * every use, in a pack that is never compiled; or nobody asks for the fact just now.
     */
    record Unreadable() implements Source {
        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            values.forget(fact.index());
        }
    }

    /** What is missing to {@code limit}, in stored units, never below 0. */
    record UpTo(long limit, int ofIndex) implements Source {
        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            long value = values.number(ofIndex);
            values.put(fact.index(), value == FactValues.UNKNOWN ? value : Math.max(0, limit - value));
        }
    }

    /** A value of the request's context. */
    record Context(String name) implements Source {
        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            fact.put(values, moment.around().context().get(name), moment.local().getZone());
        }
    }

    /** Hour of the day, 0 to 23, where the visitor is. */
    record LocalHour() implements Source {
        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            values.put(fact.index(), moment.theirs().getHour());
        }
    }

    /** Day of the week, {@code monday} to {@code sunday}, where the visitor is. */
    record Weekday() implements Source {
        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            values.put(fact.index(), WEEKDAYS.get(moment.theirs().getDayOfWeek().getValue() - 1));
        }
    }

    /** Time since the present stage of a journey was entered. */
    record TimeInStage(String journey) implements Source {
        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            var in = moment.around().stages().get(journey);
            if (in != null && in.sinceMillis() != FactValues.UNKNOWN) {
                values.put(fact.index(), Math.max(0, moment.around().nowMillis() - in.sinceMillis()));
            }
        }
    }

    /** The present stage of a journey. */
    record StageOf(String journey) implements Source {
        @Override
        public String namesOf() {
            return "stage";
        }

        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            var in = moment.around().stages().get(journey);
            values.put(fact.index(), in == null ? null : in.stage());
        }
    }

    /** All stages of a journey ever entered. */
    record Reached(String journey) implements Source {
        @Override
        public String namesOf() {
            return "stage";
        }

        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            var in = moment.around().stages().get(journey);
            values.put(fact.index(), in == null ? new TreeSet<String>() : in.reached());
        }
    }

    /**
     * Whether the goal of the present stage is overdue: more time has passed in the stage than it gives.
     *
     * @param journey key of the journey
     * @param withinMillis how soon the goal should be reached, by stage; stages without such a time are missing
     */
    record GoalOverdue(String journey, SortedMap<String, Long> withinMillis) implements Source {
        public GoalOverdue {
            withinMillis = Collections.unmodifiableSortedMap(new TreeMap<>(withinMillis));
        }

        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            var in = moment.around().stages().get(journey);
            var within = in == null || in.sinceMillis() == FactValues.UNKNOWN ? null : withinMillis.get(in.stage());
            boolean overdue = in != null && within != null && moment.around().nowMillis() - in.sinceMillis() > within;
            values.put(fact.index(), overdue ? "yes" : "no");
        }
    }

    /** The name of the event being judged. */
    record EventName() implements Source {
        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            values.put(fact.index(), moment.around().event());
        }
    }

    /** The touchpoint a decision is asked for. */
    record TouchpointKey() implements Source {
        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            values.put(fact.index(), moment.around().touchpoint());
        }
    }

    /** The personas that match; the persona package fills them in. */
    record Personas() implements Source {
        @Override
        public String namesOf() {
            return "persona";
        }

        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            values.put(fact.index(), new TreeSet<String>());
        }
    }

    /** The segments that match; the persona package fills them in. */
    record Segments() implements Source {
        @Override
        public String namesOf() {
            return "segment";
        }

        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            values.put(fact.index(), new TreeSet<String>());
        }
    }

    /** The first persona or segment that matches, in the author's order; the persona package fills it in. */
    record FirstMatching(boolean segment) implements Source {
        @Override
        public String namesOf() {
            return segment ? "segment" : "persona";
        }

        @Override
        public void fill(FactValues values, Fact fact, Moment moment) {
            values.forget(fact.index());
        }
    }
}
