package io.tappa.engine.rule;

import java.util.List;

/** Makes rule sets out of rules. */
@FunctionalInterface
public interface RuleCompiler {
    /** Compiles {@code rules}, whose ids are unique. */
    RuleSet compile(List<Rule> rules);
}
