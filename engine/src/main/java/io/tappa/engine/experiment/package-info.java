/**
 * Experiments: who gets which variation, who is left alone, and what came of it.
 *
 * <p>Input: the key of a unit, which is whoever is assigned as one, and later what was counted of each variation. Output:
 * a variation or none, which is the same one for ever, and figures for a report. Pure: no clock, no store, no random
 * numbers; a hash decides. Assignment reckons in whole numbers; fractions are for reports only. May use {@code identity}.
 */
@NullMarked
package io.tappa.engine.experiment;

import org.jspecify.annotations.NullMarked;
