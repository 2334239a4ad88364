/**
 * Answers: what people say of each touchpoint.
 *
 * <p>Input: the totals in the store. Output: counts, means and scores of each survey as JSON.
 */
@NullMarked
package io.tappa.api.answers;

import org.jspecify.annotations.NullMarked;
