/**
 * Conditions: the phrase grammar and the closed model it is parsed into.
 *
 * <p>Input: a fact and what an author wrote about it. Output: a set of values, or a problem with its cure. Nothing
 * written becomes code.
 */
@NullMarked
package io.tappa.engine.condition;

import org.jspecify.annotations.NullMarked;
