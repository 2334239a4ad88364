/**
 * The only package that imports Drools.
 *
 * <p>Input: rules in the closed model. Output: a {@link io.tappa.engine.rule.RuleSet} that matches them.
 */
@NullMarked
package io.tappa.engine.rule.drools;

import org.jspecify.annotations.NullMarked;
