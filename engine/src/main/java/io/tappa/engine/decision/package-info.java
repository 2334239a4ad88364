/**
 * Decisions: candidates, filters, arbitration, placement, fallback, with the verdict of every candidate.
 *
 * <p>Input: a pack snapshot, the facts and contacts of one visitor, a request with its moment. Output: a decision and
 * what caps know afterwards; of several such decisions, why one offer was not shown. Pure: no clock, no store, no random number.
 */
@NullMarked
package io.tappa.engine.decision;

import org.jspecify.annotations.NullMarked;
