/**
 * The CloudEvents 1.0 protocol's edge: tills, shop servers and whatever else speaks it.
 *
 * <p>Input: requests in the structured, binary and batched content mode. Output: events for {@code event}, in the shape of
 * the Segment specification, so that all edges have the same limits.
 */
@NullMarked
package io.tappa.api.cloudevents;

import org.jspecify.annotations.NullMarked;
