package io.tappa.api.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.PhraseWriter;
import io.tappa.engine.decision.Change;
import io.tappa.engine.decision.Explanation;
import io.tappa.engine.decision.Judged;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.decision.Sentences;
import io.tappa.engine.decision.Verdict;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.touchpoint.Touchpoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale.LanguageRange;

/** The why of one answer as JSON: a sentence for people, and for machines the filter, its numbers and what would do. */
final class Reasons {
    private final PackSnapshot pack;
    private final Touchpoint touchpoint;
    private final FactValues facts;
    private final boolean full;
    private final Sentences sentences;
    private final PhraseWriter phrases;

    /** Of what {@code pack} decided at {@code touchpoint} about a visitor with {@code facts}; every candidate if {@code full}. */
    Reasons(PackSnapshot pack, Touchpoint touchpoint, FactValues facts, boolean full, List<LanguageRange> languages) {
        this.pack = pack;
        this.touchpoint = touchpoint;
        this.facts = facts;
        this.full = full;
        this.sentences = Sentences.of(pack.settings(), languages);
        this.phrases = new PhraseWriter(pack.settings().zone());
    }

    /** What led to it. */
    void why(ObjectNode body, PlacementDecision decided) {
        body.put("rule", decided.rule());
        body.put("reason", sentences.because(decided.why(), facts));
    }

    /** All that matched, best first, then all that might have, nearest first; where everything was asked for. */
    void candidates(ObjectNode body, PlacementDecision decided) {
        if (!full) {
            return;
        }
        var candidates = body.putArray("candidates");
        decided.judged().forEach(judged -> write(candidates.addObject(), judged));
        var placement = touchpoint.placement(decided.placement());
        if (placement != null) {
            Explanation.missed(pack, facts, placement).forEach(judged -> write(candidates.addObject(), judged));
        }
    }

    private void write(ObjectNode candidate, Judged judged) {
        var verdict = judged.verdict();
        candidate.put("offer", judged.candidate().offer().key());
        candidate.put("rule", judged.candidate().rule().id());
        candidate.put("priority", judged.candidate().rule().priority());
        candidate.put("verdict", verdict.code());
        candidate.put("because", sentences.because(verdict, facts));
        if (verdict instanceof Verdict.NotMatched missed) {
            var misses = candidate.putArray("misses");
            missed.misses().forEach(miss -> write(misses.addObject(), miss.condition()));
        }
        if (verdict instanceof Verdict.Capped capped) {
            candidate.put("value", capped.count());
            candidate.put("threshold", capped.cap().times());
        }
        var needs = candidate.putArray("needs");
        verdict.changes().forEach(change -> write(needs.addObject(), change));
    }

    private void write(ObjectNode miss, Condition condition) {
        var fact = condition.fact();
        miss.put("fact", fact.id());
        if (!facts.knows(fact)) {
            miss.putNull("value");
        } else if (fact.type().isNumeric()) {
            number(miss, "value", fact, facts.number(fact.index()));
        } else if (fact.type() == FactType.WORDS) {
            var several = miss.putArray("value");
            var words = facts.words(fact.index());
            if (words != null) {
                words.forEach(several::add);
            }
        } else {
            miss.put("value", facts.word(fact.index()));
        }
        miss.put("threshold", phrases.phrase(fact, condition.values()));
    }

    private void write(ObjectNode need, Change change) {
        if (change instanceof Change.OfNumber number) {
            need.put("fact", number.fact().id());
            number(need, "to", number.fact(), number.to());
        } else if (change instanceof Change.OfWord word) {
            need.put("fact", word.fact().id());
            need.put("to", phrases.phrase(word.fact(), word.wanted()));
        } else if (change instanceof Change.OfKnowledge knowledge) {
            need.put("fact", knowledge.fact().id());
            need.put("to", knowledge.known() ? "known" : "unknown");
        } else if (change instanceof Change.Later later) {
            need.put("at", Instant.ofEpochMilli(later.untilMillis()).toString());
        } else if (change instanceof Change.OfConsent consent) {
            need.put("consent", consent.name());
        } else if (change instanceof Change.OfPriority priority) {
            need.put("rule", priority.rule());
            need.put("priority", priority.to());
        } else if (change instanceof Change.OfValue value) {
            need.put("offer", value.offer());
            need.put(
                    "value",
                    BigDecimal.valueOf(value.toCents())
                            .divide(BigDecimal.valueOf(pack.settings().minorUnits())));
        }
    }

    private static void number(ObjectNode body, String name, Fact fact, long units) {
        if (fact.type() == FactType.DATE) {
            body.put(name, Instant.ofEpochMilli(units).toString());
        } else {
            body.put(name, fact.number(units));
        }
    }
}
