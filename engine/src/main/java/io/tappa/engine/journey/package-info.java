/**
 * Journeys: stages, goals and moves, as definitions only.
 *
 * <p>Input: what the pack declares. Output: the same, checked. Who is where is known to {@code visitor}; moves are made
 * by {@code transition}.
 */
@NullMarked
package io.tappa.engine.journey;

import org.jspecify.annotations.NullMarked;
