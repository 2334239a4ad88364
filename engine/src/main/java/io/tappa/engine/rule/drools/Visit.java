package io.tappa.engine.rule.drools;

import io.tappa.engine.fact.FactValues;
import io.tappa.engine.rule.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The only thing ever inserted into a session: the facts of one moment, and what matched them. */
public final class Visit {
    private final FactValues facts;
    private final BitSet matched;

    Visit(FactValues facts, int rules) {
        this.facts = facts;
        this.matched = new BitSet(Math.min(rules, 1024));
    }

    FactValues facts() {
        return facts;
    }

    @Nullable
    String word(int index) {
        return facts.word(index);
    }

    void collect(int ordinal) {
        matched.set(ordinal);
    }

    List<Rule> matching(List<Rule> rules) {
        var matching = new ArrayList<Rule>(8);
        for (int i = matched.nextSetBit(0); i >= 0; i = matched.nextSetBit(i + 1)) {
            matching.add(rules.get(i));
        }
        return matching;
    }
}
