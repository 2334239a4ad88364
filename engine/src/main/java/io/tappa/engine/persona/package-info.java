/**
 * Personas and segments: kinds of buyers and groups of visitors, as named conditions.
 *
 * <p>Input: the facts of a visitor. Output: which personas and segments match.
 */
@NullMarked
package io.tappa.engine.persona;

import org.jspecify.annotations.NullMarked;
