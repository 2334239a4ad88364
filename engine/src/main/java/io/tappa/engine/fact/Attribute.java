package io.tappa.engine.fact;

/**
 * What is shown of an attribute, and who said so when.
 *
 * @param value the value as it was told
 * @param source who told it
 * @param atMillis when, in milliseconds since 1970
 */
public record Attribute(String value, String source, long atMillis) {}
