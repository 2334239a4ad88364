/**
 * The store's ports: what the service needs of it, in round trips and outcomes.
 *
 * <p>Input: ids, states to write. Output: states, and what became of a write. {@code store.redis} is the only
 * implementation.
 */
@NullMarked
package io.tappa.api.store;

import org.jspecify.annotations.NullMarked;
