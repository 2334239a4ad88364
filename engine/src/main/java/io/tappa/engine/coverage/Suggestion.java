package io.tappa.engine.coverage;

import io.tappa.engine.pack.Scenario;

/**
 * A scenario that would hold a border, with what comes out today as its expectation; its author says whether that is meant.
 *
 * @param border the border
 * @param visit the scenario
 * @param yaml the scenario as an item of the list in a file of scenarios, each line with its end
 */
public record Suggestion(Border border, Scenario.Visit visit, String yaml) {}
