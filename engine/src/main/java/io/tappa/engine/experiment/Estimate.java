package io.tappa.engine.experiment;

/**
 * A figure for a report; never for a decision.
 *
 * @param value the best guess
 * @param low the lower end of the 95 % interval around it
 * @param high the upper end of the 95 % interval around it; may be infinite
 */
public record Estimate(double value, double low, double high) {}
