package io.tappa.engine.visitor;

import io.tappa.engine.journey.Journey;

/**
 * A stage entered, or a journey left.
 *
 * @param journey the journey it belongs to
 * @param stage the stage entered, or {@link #NOWHERE}
 * @param move id of the move, or {@value #ENTRY} for a first entry that no move caused
 * @param atMillis when, in milliseconds since 1970
 * @param event name of the event that led there, or {@code Time Passed}
 */
public record Step(String journey, String stage, String move, long atMillis, String event) {
    /** The move's name where nothing moved: the visitor was first seen. */
    public static final String ENTRY = "entry";
    /** The move's name where profiles that stood in different stages were joined. */
    public static final String JOINED = "joined";
    /** The move's name where a journey began anew. */
    public static final String RESTART = Journey.RESTART;
    /** No stage: the journey was left. */
    public static final String NOWHERE = "";
}
