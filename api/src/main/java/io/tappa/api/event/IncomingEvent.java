package io.tappa.api.event;

import io.tappa.engine.event.VisitorEvent;

/**
 * An event that was understood.
 *
 * @param index its place in the batch
 * @param pointer JSON pointer to it in the body
 * @param event what it says
 * @param raw the event as it came, for the log
 */
public record IncomingEvent(int index, String pointer, VisitorEvent event, String raw) {}
