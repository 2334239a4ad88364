package io.tappa.api.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.decision.AskedFacts;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Grants;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.Permissions;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.pack.Lots;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.visitor.Memory;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what {@link RecordWriter} wrote: what went into a decision, so that it can be made again. */
public final class RecordReader {
    private final PackSnapshot pack;
    private final List<Fact> asked;

    /** Reads decisions that {@code pack} made, and no others. */
    public RecordReader(PackSnapshot pack) {
        this.pack = pack;
        this.asked = AskedFacts.of(pack);
    }

    /** What went into the decision. */
    Inputs inputs(Recorded recorded, Surroundings around) {
        return inputs(recorded.line(), around);
    }

    /** What went into the decision whose record is {@code record}, made in the surroundings {@code around}. */
    public Inputs inputs(ObjectNode record, Surroundings around) {
        long at = Recorded.millisOf(record);
        var touchpoint =
                Objects.requireNonNull(pack.touchpoints().find(record.path("t").asText()));
        var placements = new ArrayList<Placement>();
        record.path("q").forEach(name -> placements.add(Objects.requireNonNull(touchpoint.placement(name.asText()))));
        var context = new TreeMap<String, String>();
        record.path("c")
                .properties()
                .forEach(value -> context.put(value.getKey(), value.getValue().asText()));
        var request = new DecisionRequest(touchpoint, placements, context, at);
        var circumstances = new Circumstances(at, null, touchpoint.key(), context, new TreeMap<>(), ProductNews.NONE);
        var zone = record.has("z")
                ? ZoneId.of(record.path("z").asText())
                : pack.settings().zone();
        var facts = pack.facts().restore(circumstances, zone, values -> fill(values, record.path("f")));
        return new Inputs(
                request,
                pack.personas().recognise(facts),
                memory(record.path("m"), at),
                consents(record),
                lots(record),
                around,
                grants(record),
                products(record));
    }

    private static ProductLists products(JsonNode record) {
        var byKind = new TreeMap<ProductLists.Kind, List<String>>();
        for (var kind : ProductLists.Kind.values()) {
            if (record.path("l").has(kind.key())) {
                var ids = new ArrayList<String>();
                record.path("l").path(kind.key()).forEach(product -> ids.add(product.asText()));
                byKind.put(kind, ids);
            }
        }
        return byKind.isEmpty() ? ProductLists.NONE : new ProductLists(byKind);
    }

    private static Grants grants(JsonNode record) {
        var grants = Grants.NONE;
        for (var line : record.path("b")) {
            var spent = new Grants.Spent(
                    line.path(1).asLong(), line.path(2).asLong(), line.path(3).asLong());
            grants = grants.without(line.path(0).asText(), spent);
        }
        for (var code : record.path("v").properties()) {
            grants = grants.with(code.getKey(), code.getValue().asText());
        }
        return grants;
    }

    private void fill(FactValues values, JsonNode recorded) {
        int next = 0;
        for (var value : recorded) {
            boolean unknown = value.isArray() && value.path(0).isNumber();
            if (unknown) {
                next += value.path(0).asInt();
                continue;
            }
            put(values, asked.get(next), value);
            next++;
        }
    }

    private static void put(FactValues values, Fact fact, JsonNode value) {
        if (fact.type() == FactType.WORDS) {
            var several = new TreeSet<String>();
            value.forEach(word -> several.add(word.asText()));
            values.put(fact.index(), several);
        } else if (fact.type().isNumeric()) {
            values.put(fact.index(), value.asLong());
        } else {
            values.put(fact.index(), value.asText());
        }
    }

    private static Memory memory(JsonNode recorded, long at) {
        var times = new TreeMap<Integer, List<Long>>();
        recorded.path("n").forEach(line -> {
            var counted = new ArrayList<Long>();
            for (int i = 1; i < line.size(); i++) {
                counted.add(at - line.path(i).asLong());
            }
            times.put(line.path(0).asInt(), List.copyOf(counted));
        });
        var spent = new TreeMap<Long, Long>();
        recorded.path("s")
                .forEach(line ->
                        spent.put(at - line.path(0).asLong(), line.path(1).asLong()));
        var given = new TreeMap<Integer, ContactHistory.Given>();
        recorded.path("g")
                .forEach(line -> given.put(
                        line.path(0).asInt(),
                        new ContactHistory.Given(
                                line.path(1).asInt(), at - line.path(2).asLong())));
        var kept = new TreeMap<String, Memory.Kept>();
        recorded.path("k").forEach(line -> {
            var offers = new ArrayList<String>();
            for (int i = 2; i < line.size(); i++) {
                offers.add(line.path(i).asText());
            }
            kept.put(
                    line.path(0).asText(),
                    new Memory.Kept(offers, at - line.path(1).asLong()));
        });
        var dismissed = new TreeMap<String, Long>();
        recorded.path("x")
                .forEach(line ->
                        dismissed.put(line.path(0).asText(), at - line.path(1).asLong()));
        return new Memory(new ContactHistory(times, spent, given), kept, dismissed, List.of(), new TreeMap<>());
    }

    private static Lots lots(JsonNode record) {
        var variations = new TreeMap<String, String>();
        record.path("x")
                .properties()
                .forEach(
                        drawn -> variations.put(drawn.getKey(), drawn.getValue().asText()));
        var heldBack = new TreeSet<String>();
        record.path("h").forEach(campaign -> heldBack.add(campaign.asText()));
        return new Lots(variations, heldBack);
    }

    private static Permissions consents(JsonNode record) {
        var said = new TreeMap<String, Status>();
        record.path("k").properties().forEach(value -> {
            var status = Status.of(value.getValue().asText());
            if (status != null) {
                said.put(value.getKey(), status);
            }
        });
        return new Permissions(said);
    }
}
