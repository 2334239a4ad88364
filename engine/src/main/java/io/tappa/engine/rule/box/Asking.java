package io.tappa.engine.rule.box;

/**
 * What is the same for everybody who asks for a decision.
 *
 * @param touchpoint key of the touchpoint at which they ask
 * @param atMillis when they ask, in milliseconds since 1970
 */
public record Asking(String touchpoint, long atMillis) {}
