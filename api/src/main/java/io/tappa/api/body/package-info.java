/**
 * Bodies: JSON in and out, with the place of whatever does not fit.
 *
 * <p>Input: requests. Output: JSON trees, or an {@link io.tappa.api.problem.HttpProblem}.
 */
@NullMarked
package io.tappa.api.body;

import org.jspecify.annotations.NullMarked;
