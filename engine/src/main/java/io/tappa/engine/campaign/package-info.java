/**
 * Campaigns: offers that are on together for a while, for some people, with an end to what they may cost.
 *
 * <p>Input: what an author wrote, and a moment. Output: which campaign an offer belongs to then, and who is held back from
 * it. Pure: no clock, no store. May use {@code calendar} and {@code experiment}.
 */
@NullMarked
package io.tappa.engine.campaign;

import org.jspecify.annotations.NullMarked;
