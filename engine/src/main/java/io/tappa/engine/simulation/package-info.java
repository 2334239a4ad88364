/**
 * Simulation: a virtual clock over events, and scenarios run as if they were visitors.
 *
 * <p>Input: a pack snapshot, events or scenarios. Output: counts, differences. The same engine as in the service.
 */
@NullMarked
package io.tappa.engine.simulation;

import org.jspecify.annotations.NullMarked;
