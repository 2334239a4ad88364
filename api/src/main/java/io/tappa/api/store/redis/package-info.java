/**
 * The store in Redis: the only place with keys, scripts and the binary form of a state.
 *
 * <p>Input: the ports of {@code store}. Output: their answers, every failure a
 * {@link io.tappa.api.store.StoreUnavailable}.
 */
@NullMarked
package io.tappa.api.store.redis;

import org.jspecify.annotations.NullMarked;
