/**
 * Problems over HTTP: every refusal as problem+json with a stable code.
 *
 * <p>Input: a {@link io.tappa.api.problem.HttpProblem} thrown anywhere. Output: the answer. A 500 is a bug.
 */
@NullMarked
package io.tappa.api.problem;

import org.jspecify.annotations.NullMarked;
