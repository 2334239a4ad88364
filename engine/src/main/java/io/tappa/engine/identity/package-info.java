/**
 * Identity: who a visitor is, before and after sign-in.
 *
 * <p>Input: the ids a caller sends. Output: ids that are known to be usable. Pure: no clock, no store. May use no other
 * package; every package may use it.
 */
@NullMarked
package io.tappa.engine.identity;

import org.jspecify.annotations.NullMarked;
