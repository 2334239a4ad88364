/**
 * Things of which there is not enough for everybody: budgets of campaigns and codes that are given once.
 *
 * <p>Input: what a decision would show. Output: the same decision with all that it needs reserved, or another one. Exposures
 * confirm what was reserved.
 */
@NullMarked
package io.tappa.api.scarcity;

import org.jspecify.annotations.NullMarked;
