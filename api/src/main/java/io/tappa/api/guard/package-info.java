/**
 * Looks after what runs by itself: guard rails of campaigns, codes that run out, placements that nobody sees.
 *
 * <p>Input: counters of displays, budgets and codes. Output: pauses, news for the owner, and findings for whoever asks.
 */
@NullMarked
package io.tappa.api.guard;

import org.jspecify.annotations.NullMarked;
