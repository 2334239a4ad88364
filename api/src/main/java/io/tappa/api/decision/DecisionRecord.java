package io.tappa.api.decision;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tappa.api.body.Body;
import io.tappa.api.store.LogLine;
import io.tappa.engine.condition.Box;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.fact.Fact;
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
 * <p>One JSON object: {@code id}, {@code pack} (the first half of its hash), {@code v} (state version), {@code at} (ms), {@code t} touchpoint,
 * {@code p} placements, {@code c} context, {@code f} the facts that rules of this pack ask, in the order of the
 * catalogue, null where unknown, {@code d} digest.
 */
final class DecisionRecord {
    private static final int HALF = 32;

    private volatile @Nullable Asked asked;

    /** The facts that some rule, persona or segment of one pack asks. */
    private record Asked(String pack, List<Fact> facts) {}

    LogLine of(Question question, String id, long version, FactValues facts, Decision decision) {
        var body = Body.create();
        body.put("id", id);
        body.put("pack", question.pack().hash().substring(0, HALF));
        body.put("v", version);
        body.put("at", question.request().atMillis());
        body.put("t", question.request().touchpoint().key());
        var placements = body.putArray("p");
        question.request().placements().stream().map(Placement::key).forEach(placements::add);
        var context = body.putObject("c");
        question.request().context().forEach(context::put);
        var values = body.putArray("f");
        for (var fact : asked(question.pack())) {
            put(values, fact, facts);
        }
        body.put("d", decision.digest());
        return new LogLine(LogLine.Kind.DECISION, Body.text(body));
    }

    private static void put(ArrayNode values, Fact fact, FactValues facts) {
        var words = facts.words(fact.index());
        if (!facts.knows(fact)) {
            values.addNull();
        } else if (fact.type().isNumeric()) {
            values.add(facts.number(fact.index()));
        } else {
            values.add(words == null ? facts.word(fact.index()) : String.join("|", words));
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
