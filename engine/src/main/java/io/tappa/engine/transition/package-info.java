/**
 * Transitions: event in, new state and next stage out.
 *
 * <p>Input: a pack snapshot, a visitor's state, events. Output: what to write, and how the counters change. Pure.
 */
@NullMarked
package io.tappa.engine.transition;

import org.jspecify.annotations.NullMarked;
