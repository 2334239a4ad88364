/**
 * Outcomes: what people made of what was decided.
 *
 * <p>Input: events about offers and goals, and decisions. Output: what a visitor remembers of it, and what is counted. Pure:
 * no clock, no store.
 */
@NullMarked
package io.tappa.engine.outcome;

import org.jspecify.annotations.NullMarked;
