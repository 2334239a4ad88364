package io.tappa.api.visitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.store.Home;
import io.tappa.engine.fact.AssignmentAccumulator;
import io.tappa.engine.fact.AssignmentCell;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Gathering;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.fact.Source;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A visitor as JSON: journeys with their history, the facts as rules would see them, and who told the attributes. */
public final class VisitorView {
    /** Said of a visitor with so many ids that some are no longer told apart. */
    private static final String IDS_FUSED = "ids-fused";

    private VisitorView() {}

    /** What is known at {@code atMillis}; facts that are unknown are left out. */
    public static ObjectNode of(PackSnapshot pack, Home home, long atMillis, ProductNews news) {
        var body = Body.create();
        body.put("id", home.key().text());
        body.put("version", home.state().writes());
        body.put("events", home.state().events());
        body.put("at", Instant.ofEpochMilli(atMillis).toString());
        var ids = body.putArray("ids");
        home.state().lanes().keySet().stream()
                .filter(id -> id.kind() != IdKind.FUSED)
                .forEach(id -> ids.addObject().put(id.kind().key(), id.value()));
        if (home.state().hasFused()) {
            body.putArray("limits").add(IDS_FUSED);
        }
        journeys(body.putObject("journeys"), home);
        var values = pack.factsFor(home.state(), atMillis, null, PackSnapshot.noContext(), news);
        var facts = body.putObject("facts");
        for (var fact : pack.facts().facts()) {
            boolean ofVisitor =
                    !(fact.source() instanceof Source.StageOf) && !(fact.source() instanceof Source.Reached);
            if (ofVisitor && values.knows(fact)) {
                put(facts, fact.id(), fact, values);
            }
        }
        var gathered = home.state().gathered(pack.facts());
        notYetKnown(body.putObject("notYetKnown"), pack, gathered, atMillis);
        saturated(body, pack, gathered);
        attributes(body.putObject("attributes"), pack, gathered, values);
        consents(body.putObject("consents"), home.state().consents());
        experiments(body.putObject("experiments"), gathered.get(AssignmentAccumulator.SLOT));
        return body;
    }

    /** Facts that came with a later pack than the visitor: from when on they are known, null where never. */
    private static void notYetKnown(ObjectNode facts, PackSnapshot pack, Map<Integer, Cell> gathered, long atMillis) {
        for (var fact : pack.facts().facts()) {
            long from = pack.facts().knownFrom(gathered, fact);
            if (from > atMillis) {
                facts.put(
                        fact.id(),
                        from == Gathering.NEVER
                                ? null
                                : Instant.ofEpochMilli(from).toString());
            }
        }
    }

    /** Facts that hold as many events as they may; named only where there are some. */
    private static void saturated(ObjectNode body, PackSnapshot pack, Map<Integer, Cell> gathered) {
        var full = pack.facts().facts().stream()
                .filter(fact -> pack.facts().isSaturated(gathered, fact))
                .toList();
        if (!full.isEmpty()) {
            var names = body.putArray("saturated");
            full.forEach(fact -> names.add(fact.id()));
        }
    }

    private static void consents(ObjectNode consents, @Nullable ConsentCell said) {
        if (said == null) {
            return;
        }
        said.latest().keySet().forEach(purpose -> {
            var statement = said.on(purpose);
            if (statement != null) {
                var line = consents.putObject(purpose);
                line.put("status", statement.status().key());
                line.put("at", Instant.ofEpochMilli(statement.at()).toString());
                line.put("source", statement.source());
                line.put("proof", statement.proof());
            }
        });
    }

    private static void experiments(ObjectNode experiments, @Nullable Cell assigned) {
        if (assigned instanceof AssignmentCell assignments) {
            assignments
                    .byExperiment()
                    .forEach((experiment, variation) -> experiments
                            .putObject(experiment)
                            .put("variation", variation.text())
                            .put("since", Instant.ofEpochMilli(variation.at()).toString()));
        }
    }

    private static void attributes(
            ObjectNode attributes, PackSnapshot pack, Map<Integer, Cell> gathered, FactValues values) {
        for (var fact : pack.facts().facts()) {
            var attribute = pack.facts().attribute(gathered, fact);
            if (attribute != null && values.knows(fact)) {
                var line = attributes.putObject(fact.id());
                put(line, "value", fact, values);
                line.put("source", attribute.source());
                line.put("at", Instant.ofEpochMilli(attribute.atMillis()).toString());
            }
        }
    }

    private static void journeys(ObjectNode journeys, Home home) {
        home.state().now().byJourney().forEach((key, in) -> {
            var journey = journeys.putObject(key);
            journey.put("stage", in.stage());
            journey.put("since", Instant.ofEpochMilli(in.sinceMillis()).toString());
            var history = journey.putArray("history");
            for (var entry : in.history()) {
                var line = history.addObject();
                line.put("stage", entry.stage());
                line.put("at", Instant.ofEpochMilli(entry.atMillis()).toString());
                line.put("event", entry.event());
                line.put("move", entry.move());
            }
        });
    }

    private static void put(ObjectNode facts, String name, Fact fact, FactValues values) {
        if (fact.type() == FactType.DATE) {
            facts.put(name, Instant.ofEpochMilli(values.number(fact.index())).toString());
        } else if (fact.type().isNumeric()) {
            facts.put(name, fact.number(values.number(fact.index())));
        } else if (fact.type() == FactType.WORDS) {
            var words = facts.putArray(name);
            var several = values.words(fact.index());
            if (several != null) {
                several.forEach(words::add);
            }
        } else {
            facts.put(name, values.word(fact.index()));
        }
    }
}
