/**
 * The box analysis: what sets of rules mean for all visitors at once.
 *
 * <p>Input: conditions, and where somebody stands. Output: regions of visitors, which can be joined, cut and taken apart,
 * and a visitor out of each. Pure arithmetic: no rule is ever run on real people here.
 */
@NullMarked
package io.tappa.engine.rule.box;

import org.jspecify.annotations.NullMarked;
