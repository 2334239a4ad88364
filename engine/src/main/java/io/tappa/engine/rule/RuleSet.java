package io.tappa.engine.rule;

import io.tappa.engine.fact.FactValues;
import java.util.List;

/** Compiled rules: immutable, safe for any number of threads. */
public interface RuleSet {
    /** The rules that match {@code facts}, in the order of {@link #rules()}. */
    List<Rule> matching(FactValues facts);

    /** All rules. */
    List<Rule> rules();
}
