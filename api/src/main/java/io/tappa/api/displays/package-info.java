/**
 * Displays by the hour: how often offers were decided and seen, and placements answered.
 *
 * <p>Input: answers that were given and events that were written. Output: counters in the store, some moments later; nobody
 * waits for them.
 */
@NullMarked
package io.tappa.api.displays;

import org.jspecify.annotations.NullMarked;
