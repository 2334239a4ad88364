/**
 * Arbitration: the order among offers that all may be shown.
 *
 * <p>Input: candidates. Output: the same, in a total order. Pure.
 */
@NullMarked
package io.tappa.engine.arbitration;

import org.jspecify.annotations.NullMarked;
