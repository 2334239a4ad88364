/**
 * Facts: what rules may ask about a visitor, how it is gathered from events and read at a moment.
 *
 * <p>Input: events one at a time, in any order. Output: cells that join without regard to order, and the values of one
 * moment. Pure: the moment is passed in. Numbers are whole stored units, never floating point.
 */
@NullMarked
package io.tappa.engine.fact;

import org.jspecify.annotations.NullMarked;
