/**
 * Journeys looked at: where people are and which ways they went.
 *
 * <p>Input: the counters in the store. Output: figures as JSON.
 */
@NullMarked
package io.tappa.api.journeymap;

import org.jspecify.annotations.NullMarked;
