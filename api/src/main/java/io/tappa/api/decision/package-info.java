/**
 * Decisions over HTTP: controller, service, store, engine, store.
 *
 * <p>Input: a question. Output: an answer within the budget, and a record of what went into it.
 */
@NullMarked
package io.tappa.api.decision;

import org.jspecify.annotations.NullMarked;
