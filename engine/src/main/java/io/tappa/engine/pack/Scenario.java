package io.tappa.engine.pack;

import io.tappa.engine.condition.Condition;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.problem.Place;
import io.tappa.engine.touchpoint.Placement;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Something an author expects of the pack. */
public sealed interface Scenario {
    /** The author's sentence. */
    String name();

    /** Where it was written. */
    Place place();

    /**
     * A visitor, a moment, and what the author expects to be shown.
     *
     * @param name the author's sentence
     * @param place where it was written
     * @param atMillis the moment, in milliseconds since 1970
     * @param stage the visitor's stage in the default journey, or null for a newcomer
     * @param reached further stages of the default journey ever entered
     * @param facts what is known of the visitor, as written, by fact id; all else is unknown or 0
     * @param assumed what holds beside that
     * @param placement where the decision is asked
     * @param expected what should come out
     */
    record Visit(
            String name,
            Place place,
            long atMillis,
            @Nullable String stage,
            SortedSet<String> reached,
            SortedMap<String, String> facts,
            Assumed assumed,
            Placement placement,
            Answer expected)
            implements Scenario {
        public Visit {
            reached = Collections.unmodifiableSortedSet(new TreeSet<>(reached));
            facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        }
    }

    /**
     * What one person does, and what the author expects on the way.
     *
     * @param name the author's sentence
     * @param place where it was written
     * @param scenes what happens, in the order of time
     */
    record Story(String name, Place place, List<Scene> scenes) implements Scenario {
        public Story {
            scenes = List.copyOf(scenes);
        }
    }

    /**
     * One scene of a story.
     *
     * @param place where it was written
     * @param atMillis the moment, in milliseconds since 1970
     * @param event name of the event that happens, or null for none
     * @param values values of the event by their dotted path
     * @param placement where a decision is asked afterwards, or null for nowhere
     * @param answer what should be decided there, or null without a placement
     * @param assumed what holds for that decision
     * @param expected what should be true of the person afterwards
     */
    record Scene(
            Place place,
            long atMillis,
            @Nullable String event,
            SortedMap<String, String> values,
            @Nullable Placement placement,
            @Nullable Answer answer,
            Assumed assumed,
            List<Expectation> expected) {
        public Scene {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
            expected = List.copyOf(expected);
        }
    }

    /**
     * What holds for one decision beside the facts of the visitor.
     *
     * @param paused what is paused, as a {@link io.tappa.engine.pause.Pause} names it
     * @param consents what the visitor said, by purpose or purpose for a channel
     * @param lots what was drawn for them
     * @param shown when offers were shown before, by offer, oldest first, in milliseconds since 1970
     */
    record Assumed(
            SortedSet<String> paused,
            SortedMap<String, Consent.Status> consents,
            Lots lots,
            SortedMap<String, List<Long>> shown) {
        /** An ordinary day, and somebody of whom nothing is known. */
        public static final Assumed NOTHING = new Assumed(new TreeSet<>(), new TreeMap<>(), Lots.NONE, new TreeMap<>());

        public Assumed {
            paused = Collections.unmodifiableSortedSet(new TreeSet<>(paused));
            consents = Collections.unmodifiableSortedMap(new TreeMap<>(consents));
            shown = Collections.unmodifiableSortedMap(new TreeMap<>(shown));
        }
    }

    /** What should be decided at a placement. */
    sealed interface Answer permits Shown, NotShown {}

    /**
     * What should be shown.
     *
     * @param offer key of the offer, or null for nothing at all
     * @param because id of the rule that should have led there, or null for any
     * @param fallback whether it should be the fallback, or null for either
     */
    record Shown(
            @Nullable String offer,
            @Nullable String because,
            @Nullable Boolean fallback) implements Answer {}

    /**
     * What should not be shown.
     *
     * @param offer key of the offer
     * @param because the verdict on it, or the filter at which it should be lost; null for any
     */
    record NotShown(String offer, @Nullable String because) implements Answer {}

    /** Something that should be true of a person. */
    sealed interface Expectation {
        /** They are in a stage, or in none: {@link io.tappa.engine.journey.Move#NOWHERE}. */
        record InStage(String journey, String stage) implements Expectation {}

        /** They have made these moves so far, in this order. */
        record Moves(String journey, List<String> moves) implements Expectation {
            public Moves {
                moves = List.copyOf(moves);
            }
        }

        /** A condition holds for their facts; {@code phrase} is what the author wrote. */
        record Holds(Condition condition, String phrase) implements Expectation {}
    }
}
