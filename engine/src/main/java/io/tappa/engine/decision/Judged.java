package io.tappa.engine.decision;

import io.tappa.engine.arbitration.Candidate;

/**
 * A candidate and what became of it.
 *
 * @param candidate the candidate
 * @param verdict chosen, or why not
 */
public record Judged(Candidate candidate, Verdict verdict) {}
