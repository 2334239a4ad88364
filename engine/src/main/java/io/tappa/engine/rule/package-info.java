/**
 * Rules as data: the closed model, and what a compiled set of rules answers.
 *
 * <p>Input: rules that were read and checked. Output: which of them match the facts of one moment.
 */
@NullMarked
package io.tappa.engine.rule;

import org.jspecify.annotations.NullMarked;
