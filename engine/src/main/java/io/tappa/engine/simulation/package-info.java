/**
 * Simulation: a virtual clock over events, scenarios run as if they were visitors, and recorded decisions decided again.
 *
 * <p>Input: a pack snapshot, events, scenarios or recorded inputs. Output: counts, differences. The same engine as in the
 * service.
 */
@NullMarked
package io.tappa.engine.simulation;

import org.jspecify.annotations.NullMarked;
