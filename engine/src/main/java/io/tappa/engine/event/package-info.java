/**
 * Events: what visitors did.
 *
 * <p>Input: checked values from the protocol edges. Output: one shape for all of them. Pure data.
 */
@NullMarked
package io.tappa.engine.event;

import org.jspecify.annotations.NullMarked;
