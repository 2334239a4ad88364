package io.tappa.engine.visitor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where a visitor is in one journey, and how they came there.
 *
 * @param history the newest {@value #MOST_ENTRIES} entries, oldest first, at least one
 * @param reached all stages ever entered
 */
public record InJourney(List<Entry> history, SortedSet<String> reached) {
    /** Entries kept here; every entry ever made stays in the event log. */
    public static final int MOST_ENTRIES = 50;

    public InJourney {
        history = List.copyOf(history);
        reached = Collections.unmodifiableSortedSet(new TreeSet<>(reached));
    }

    /**
     * One stage entered.
     *
     * @param stage the stage
     * @param atMillis time of the event that led there, in milliseconds since 1970
     * @param event name of that event
     * @param move id of the move, or {@code entry}
     */
    public record Entry(String stage, long atMillis, String event, String move) {}

    /** A journey that has just begun. */
    static InJourney begun(Entry first) {
        return new InJourney(List.of(first), new TreeSet<>(List.of(first.stage())));
    }

    /** The present stage. */
    public String stage() {
        return last().stage();
    }

    /** When the present stage was entered, in milliseconds since 1970. */
    public long sinceMillis() {
        return last().atMillis();
    }

    private Entry last() {
        return history.get(history.size() - 1);
    }

    InJourney plus(Entry entry) {
        var more = new ArrayList<>(history);
        more.add(entry);
        var stages = new TreeSet<>(reached);
        stages.add(entry.stage());
        return new InJourney(more.subList(Math.max(0, more.size() - MOST_ENTRIES), more.size()), stages);
    }
}
