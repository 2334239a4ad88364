/**
 * Hours and days as people read them off a clock.
 *
 * <p>Input: a moment with its zone. Output: whether it is within, and when it next is. Pure: no clock. Everybody may call it.
 */
@NullMarked
package io.tappa.engine.calendar;

import org.jspecify.annotations.NullMarked;
