package io.tappa.api.event;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.pack.PackSnapshot;
import java.util.List;

/**
 * Whose visitor, and what happened to it.
 *
 * @param pack the snapshot in force
 * @param ids the visitor's ids; where events carry new ones, these are joined to it
 * @param events what happened, in order; may be empty
 * @param nowMillis when it arrived, in milliseconds since 1970
 * @param tries how often to try again after a lost race
 * @param writes whether something is written in any case, if only a line of the log
 * @param steps how many steps of joining and parting may be made on the way: each id may need some
 */
public record Change(
        PackSnapshot pack,
        Identities ids,
        List<IncomingEvent> events,
        long nowMillis,
        int tries,
        boolean writes,
        int steps) {
    private static final int STEPS_OF_AN_ID = 4;

    public Change {
        events = List.copyOf(events);
    }

    /** A change that nobody tried yet. */
    public Change(PackSnapshot pack, Identities ids, List<IncomingEvent> events, long nowMillis, int tries) {
        this(
                pack,
                ids,
                events,
                nowMillis,
                tries,
                false,
                STEPS_OF_AN_ID * ids.all().size());
    }

    /** The same, of which something is written in any case. */
    public Change writing() {
        return new Change(pack, ids, events, nowMillis, tries, true, steps);
    }

    /** The same after a step that succeeded, or after a race that was lost. */
    Change next(boolean succeeded) {
        return succeeded
                ? new Change(pack, ids, events, nowMillis, tries, writes, steps - 1)
                : new Change(pack, ids, events, nowMillis, tries - 1, writes, steps);
    }

    /** What happened, without where it stood. */
    List<VisitorEvent> happened() {
        return events.stream().map(IncomingEvent::event).toList();
    }

    boolean isHopeless() {
        return tries < 0 || steps < 0;
    }

    /** When the newest of the events happened; now where there is none. */
    long newestMillis() {
        return events.isEmpty()
                ? nowMillis
                : events.get(events.size() - 1).event().atMillis();
    }

    Change as(Identities others) {
        var theirs = events.stream().map(incoming -> incoming.as(others)).toList();
        return new Change(pack, others, theirs, nowMillis, tries, writes, steps);
    }
}
