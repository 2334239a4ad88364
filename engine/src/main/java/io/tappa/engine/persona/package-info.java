/**
 * Personas: kinds of buyers, as named conditions.
 *
 * <p>Input: the facts of a visitor. Output: which personas match.
 */
@NullMarked
package io.tappa.engine.persona;

import org.jspecify.annotations.NullMarked;
