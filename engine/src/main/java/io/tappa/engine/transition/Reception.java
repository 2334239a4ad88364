package io.tappa.engine.transition;

/** What became of one event. */
public enum Reception {
    /** Counted, in its place among the recent events. */
    COUNTED,
    /** Counted in the facts, but too old to move anything. */
    LATE,
    /** Seen before; nothing changed. */
    DUPLICATE,
    /** It happened before the visitor was erased; nothing changed. */
    ERASED;

    /** Whether it was counted, and for the first time. */
    public boolean counts() {
        return this == COUNTED || this == LATE;
    }
}
