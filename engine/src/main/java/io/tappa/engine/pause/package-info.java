/**
 * Pauses: what a marketer stopped for a while, without a new version of the pack.
 *
 * <p>Input: who stopped what, and a moment. Output: the pause that holds a candidate then, if any. Pure: no clock, no
 * store. May use no other package; every package may use it.
 */
@NullMarked
package io.tappa.engine.pause;

import org.jspecify.annotations.NullMarked;
