package io.tappa.engine.coverage;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.PhraseWriter;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.rule.Rule;
import java.time.ZoneId;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One edge of what a rule asks for.
 *
 * @param rule the rule
 * @param alternative which of its alternatives, from 0
 * @param condition which condition of that, from 0
 * @param side values right beside the edge, on one of its sides
 * @param moved what the condition would ask for if the edge were elsewhere, so that those values change sides; null for anything
 */
public record Border(
        Rule rule,
        int alternative,
        int condition,
        ValueSet side,
        @Nullable ValueSet moved) {
    private Condition asked() {
        return rule.alternatives().get(alternative).conditions().get(condition);
    }

    /** Those for whom the rule matches or not, depending on where the edge is. */
    Box visitors() {
        return with(side);
    }

    /** The rule with its edge elsewhere. */
    Rule mutant() {
        var alternatives = new ArrayList<>(rule.alternatives());
        alternatives.set(alternative, with(moved));
        return new Rule(
                rule.id(),
                rule.title(),
                rule.priority(),
                rule.weight(),
                rule.fromMillis(),
                rule.untilMillis(),
                alternatives,
                rule.outcome(),
                rule.place());
    }

    private Box with(@Nullable ValueSet values) {
        var conditions = new ArrayList<>(rule.alternatives().get(alternative).conditions());
        if (values == null) {
            conditions.remove(condition);
        } else {
            conditions.set(condition, new Condition(asked().fact(), values));
        }
        return new Box(conditions);
    }

    /** It in words: {@code basket value 49.99, where at least 50 is asked}; days are those of {@code zone}. */
    public String inWords(ZoneId zone) {
        var writer = new PhraseWriter(zone);
        var fact = asked().fact();
        return "%s %s, where %s is asked"
                .formatted(fact.label(), writer.phrase(fact, side), writer.phrase(fact, asked().values()));
    }
}
