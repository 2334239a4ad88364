package io.tappa.api.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.store.LogLine;
import io.tappa.engine.condition.Box;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.persona.Persona;
import io.tappa.engine.persona.Segment;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.touchpoint.Placement;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What went into a decision, and a digest of what came out: enough to make it again.
 *
 * <p>One JSON object: {@code id}, {@code pack} (hash), {@code v} (state version), {@code at} (ms), {@code t} touchpoint,
 * {@code p} placements, {@code c} context, {@code f} the facts that rules of this pack ask, {@code d} digest.
 */
final class DecisionRecord {
    private volatile @Nullable Asked asked;

    /** The facts that some rule, persona or segment of one pack asks. */
    private record Asked(String pack, List<Fact> facts) {}

    LogLine of(Question question, String id, long version, FactValues facts, Decision decision) {
        var body = Body.create();
        body.put("id", id);
        body.put("pack", question.pack().hash());
        body.put("v", version);
        body.put("at", question.request().atMillis());
        body.put("t", question.request().touchpoint().key());
        var placements = body.putArray("p");
        question.request().placements().stream().map(Placement::key).forEach(placements::add);
        var context = body.putObject("c");
        question.request().context().forEach(context::put);
        var known = body.putObject("f");
        for (var fact : asked(question.pack())) {
            if (facts.knows(fact)) {
                put(known, fact, facts);
            }
        }
        body.put("d", decision.digest());
        return new LogLine(LogLine.Kind.DECISION, Body.text(body));
    }

    private static void put(ObjectNode known, Fact fact, FactValues facts) {
        if (fact.type().isNumeric()) {
            known.put(fact.id(), facts.number(fact.index()));
        } else if (fact.type() != FactType.WORDS) {
            known.put(fact.id(), facts.word(fact.index()));
        } else if (facts.words(fact.index()) != null) {
            known.put(fact.id(), String.join("|", facts.words(fact.index())));
        }
    }

    private List<Fact> asked(PackSnapshot pack) {
        var now = asked;
        if (now == null || !now.pack().equals(pack.hash())) {
            var facts = new TreeSet<>(Comparator.comparingInt(Fact::index));
            Stream.of(
                            pack.decisions().rules().stream().map(Rule::alternatives),
                            pack.personas().personas().stream().map(Persona::alternatives),
                            pack.segments().segments().stream().map(Segment::alternatives))
                    .flatMap(Function.identity())
                    .flatMap(Collection::stream)
                    .map(Box::conditions)
                    .flatMap(Collection::stream)
                    .forEach(condition -> facts.add(condition.fact()));
            now = new Asked(pack.hash(), List.copyOf(facts));
            asked = now;
        }
        return now.facts();
    }
}
