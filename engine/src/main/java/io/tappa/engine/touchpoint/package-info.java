/**
 * Touchpoints: where person and brand meet, and the slots that can be filled there.
 *
 * <p>Input: what the pack declares. Output: look-ups by name. Pure data; everybody may call it.
 */
@NullMarked
package io.tappa.engine.touchpoint;

import org.jspecify.annotations.NullMarked;
