/**
 * Arbitration: the order among offers that all may be shown.
 *
 * <p>Input: candidates, and how likely a yes to each is. Output: the same, in a total order. Pure.
 */
@NullMarked
package io.tappa.engine.arbitration;

import org.jspecify.annotations.NullMarked;
