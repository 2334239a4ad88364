package io.tappa.api.event;

import io.tappa.engine.problem.Problem;

/**
 * An event that is not counted.
 *
 * @param index its place in the batch
 * @param messageId its id, empty when it has none
 * @param problem why
 */
public record Refusal(int index, String messageId, Problem problem) {}
