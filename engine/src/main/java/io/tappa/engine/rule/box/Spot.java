package io.tappa.engine.rule.box;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.journey.After;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody stands in the journey looked at, and what happens there.
 *
 * @param standing how they stand there
 * @param stage the stage that facts tell
 * @param event name of the event that happens
 * @param after the time that has passed, or null where it is an event
 */
public record Spot(
        Standing standing,
        String stage,
        String event,
        @Nullable After after) {
    private static final String NOTHING = "";

    /** How somebody stands in a journey. */
    public enum Standing {
        /** They have entered it. */
        INSIDE,
        /** It is their first event: they are judged as if in the start. */
        NEWCOMER,
        /** They have left it, and facts tell of the start. */
        OUTSIDE
    }

    /** Somebody in {@code stage} to whom {@code event} happens. */
    public static Spot in(String stage, String event) {
        return new Spot(Standing.INSIDE, stage, event, null);
    }

    /** Somebody in {@code stage} for whom a time-out is due. */
    public static Spot in(String stage, After after) {
        return new Spot(Standing.INSIDE, stage, VisitorEvent.TIME_PASSED, after);
    }

    /** Somebody whose first event is {@code event}. */
    public static Spot entering(String start, String event) {
        return new Spot(Standing.NEWCOMER, start, event, null);
    }

    /** Somebody who left, and to whom {@code event} happens. */
    public static Spot outside(String start, String event) {
        return new Spot(Standing.OUTSIDE, start, event, null);
    }

    /** Wherever somebody can be in {@code journey} to whom nothing happens just now, its stages first. */
    public static List<Spot> ofThoseWhoAsk(Journey journey) {
        var spots = new ArrayList<Spot>();
        journey.stageKeys().forEach(stage -> spots.add(in(stage, NOTHING)));
        spots.add(outside(journey.start(), NOTHING));
        return spots;
    }

    /** Whether somebody is in the stage. */
    public boolean isInside() {
        return standing == Standing.INSIDE;
    }

    /** Where that is, as authors write it. */
    public String where() {
        return standing == Standing.OUTSIDE ? Move.NOWHERE : stage;
    }
}
