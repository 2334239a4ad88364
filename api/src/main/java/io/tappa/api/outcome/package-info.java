/**
 * Reports on campaigns and experiments: who took part, what they did, and what can be concluded.
 *
 * <p>Input: the counters of outcomes. Output: rates, means and lifts, each with its interval.
 */
@NullMarked
package io.tappa.api.outcome;

import org.jspecify.annotations.NullMarked;
