/**
 * Problems: everything a person can get wrong, with its place and its cure.
 *
 * <p>Input: what a reader or an edge noticed. Output: messages with stable codes. Everybody may call it.
 */
@NullMarked
package io.tappa.engine.problem;

import org.jspecify.annotations.NullMarked;
