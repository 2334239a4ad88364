/**
 * Records of decisions: what went into each, written down so that it can be made again.
 *
 * <p>Input: {@link io.tappa.engine.decision.Inputs} and the decision. Output: one line of the visitor's log, and from the line
 * the same inputs again, with the version of the pack that decided.
 */
@NullMarked
package io.tappa.api.record;

import org.jspecify.annotations.NullMarked;
