/**
 * Touchpoints: where person and brand meet, the slots that can be filled there, and the signs of having been there.
 *
 * <p>Input: what the pack declares, and the values of an event. Output: look-ups by name, and the touchpoint an event
 * shows. Pure; everybody may call it.
 */
@NullMarked
package io.tappa.engine.touchpoint;

import org.jspecify.annotations.NullMarked;
