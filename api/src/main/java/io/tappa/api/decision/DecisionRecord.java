package io.tappa.api.decision;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tappa.api.body.Body;
import io.tappa.api.store.LogLine;
import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source;
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
 * <p>One JSON object: {@code id}, which begins with the moment, {@code pack} (the first {@value #OF_HASH} digits of its hash), {@code v} (state version), {@code t} touchpoint,
 * {@code p} placements, {@code c} context, {@code f} the facts that rules of this pack ask and that do not follow from the rest, in the order of the
 * catalogue, {@code [n]} for n of them in a row that are unknown, {@code d} digest.
 */
final class DecisionRecord {
    private static final int OF_HASH = 16;

    private volatile @Nullable Asked asked;

    /** The facts that some rule, persona or segment of one pack asks. */
    private record Asked(String pack, List<Fact> facts) {}

    LogLine of(Question question, String id, long version, FactValues facts, Decision decision) {
        var body = Body.create();
        body.put("id", id);
        body.put("pack", question.pack().hash().substring(0, OF_HASH));
        body.put("v", version);
        body.put("t", question.request().touchpoint().key());
        var placements = body.putArray("p");
        question.request().placements().stream().map(Placement::key).forEach(placements::add);
        var context = body.putObject("c");
        question.request().context().forEach(context::put);
        put(body.putArray("f"), asked(question.pack()), facts);
        body.put("d", decision.digest());
        return new LogLine(LogLine.Kind.DECISION, Body.text(body));
    }

    private static void put(ArrayNode values, List<Fact> asked, FactValues facts) {
        int unknown = 0;
        for (var fact : asked) {
            if (!facts.knows(fact)) {
                unknown++;
                continue;
            }
            putUnknown(values, unknown);
            unknown = 0;
            put(values, fact, facts);
        }
        putUnknown(values, unknown);
    }

    private static void putUnknown(ArrayNode values, int unknown) {
        if (unknown > 0) {
            values.addArray().add(unknown);
        }
    }

    private static void put(ArrayNode values, Fact fact, FactValues facts) {
        var words = facts.words(fact.index());
        if (fact.type().isNumeric()) {
            values.add(facts.number(fact.index()));
        } else {
            values.add(words == null ? facts.word(fact.index()) : String.join("|", words));
        }
    }

    /** Whether it can be told from the touchpoint or from the other facts. */
    private static boolean follows(Source source) {
        return source instanceof Source.TouchpointKey
                || source instanceof Source.Personas
                || source instanceof Source.Segments
                || source instanceof Source.FirstMatching;
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
                    .map(Condition::fact)
                    .filter(fact -> !follows(fact.source()))
                    .forEach(facts::add);
            now = new Asked(pack.hash(), List.copyOf(facts));
            asked = now;
        }
        return now.facts();
    }
}
