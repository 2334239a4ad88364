package io.tappa.engine.advice;

import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.fact.Accumulator;
import io.tappa.engine.fact.ConsentAccumulator;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.Source;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds rules that ask for consent, or that count how often somebody was shown something: the policy holds for all of them. */
final class PolicyInRules {
    /** Events that say what we showed or sent somebody. */
    private static final Set<String> OURS = Set.of(
            "Promotion Viewed",
            "Email Sent",
            "Email Delivered",
            "Push Notification Sent",
            "Push Notification Received");

    private final PackSnapshot pack;
    private final Problems problems;

    PolicyInRules(PackSnapshot pack, Problems problems) {
        this.pack = pack;
        this.problems = problems;
    }

    void check() {
        for (var rule : pack.decisions().rules()) {
            if (rule.outcome() instanceof Show show) {
                check(rule, show);
            }
        }
    }

    private void check(Rule rule, Show show) {
        var told = new HashSet<Fact>();
        for (var box : rule.alternatives()) {
            for (var condition : box.conditions()) {
                var fact = condition.fact();
                if (asksForConsent(fact) && told.add(fact)) {
                    problems.warning(
                            "consent-in-rule",
                            rule.place().inside(rule.id()),
                            "%s asks for consent (%s), which a rule can forget.".formatted(rule.id(), fact.label()),
                            "Give the offer %s a \"purpose\" instead: then no rule shows it without that consent."
                                    .formatted(show.offer()));
                } else if (isCap(condition) && told.add(fact)) {
                    problems.warning(
                            "cap-in-rule",
                            rule.place().inside(rule.id()),
                            "%s limits how often somebody is reached by asking for %s, which counts only what is reported later."
                                    .formatted(rule.id(), fact.label()),
                            "Write a cap under \"not more often than\" in contact-policy.yaml: it is exact and holds for all rules.");
                }
            }
        }
    }

    private static boolean asksForConsent(Fact fact) {
        return gathered(fact) instanceof ConsentAccumulator;
    }

    private static boolean isCap(Condition condition) {
        var fact = condition.fact();
        var gathered = gathered(fact);
        if (!(condition.values() instanceof Numbers numbers)
                || gathered == null
                || gathered.events().isEmpty()
                || !OURS.containsAll(gathered.events())) {
            return false;
        }
        var intervals = numbers.intersect(Numbers.between(fact.lowest(), fact.highest()))
                .intervals();
        return intervals.size() == 1
                && intervals.get(0).low() <= Math.max(0, fact.lowest())
                && intervals.get(0).high() < fact.highest();
    }

    private static @Nullable Accumulator gathered(Fact fact) {
        return fact.source() instanceof Source.Gathered gathered ? gathered.accumulator() : null;
    }
}
