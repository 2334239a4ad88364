package io.tappa.engine.arbitration;

import io.tappa.engine.offer.Offer;
import io.tappa.engine.rule.Rule;

/**
 * An offer that a rule proposes.
 *
 * @param rule the rule
 * @param offer the offer
 */
public record Candidate(Rule rule, Offer offer) {}
