/**
 * Events: from a batch to the store.
 *
 * <p>Input: events that a protocol edge understood. Output: how many were counted, and why others were not; only once all
 * of it is written.
 */
@NullMarked
package io.tappa.api.event;

import org.jspecify.annotations.NullMarked;
