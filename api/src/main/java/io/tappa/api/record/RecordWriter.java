package io.tappa.api.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.store.LogLine;
import io.tappa.engine.decision.AskedFacts;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.decision.Grants;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.Lots;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.visitor.Memory;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What went into a decision, and a digest of what came out: all that is needed to make it again, and no more.
 *
 * <p>One JSON object: {@code id} (the UUID, which begins with the moment, in short form), {@code p} (the first
 * {@value #OF_HASH} digits of the pack's hash), {@code t} touchpoint, {@code q} placements, {@code c} context, {@code f} the
 * facts that decisions of this pack depend on, in the order of the catalogue, {@code [n]} for n of them in a row that are
 * unknown, {@code z} the visitor's zone where it is not the pack's, {@code m} what earlier decisions left ({@code n} counts
 * of caps, {@code s} pressure, {@code x} dismissed offers, {@code g} groups that exclude, {@code k} what is kept, all times as milliseconds before the
 * moment), {@code k} consents, {@code x} variations of experiments, {@code h} what the visitor is held back from,
 * {@code b} what there is no more of (name, used, held, of how much), {@code v} the visitor's codes,
 * {@code l} the products that were found for lists, by list, {@code a} the hash of the surroundings, {@code d} digest; what is empty is left out.
 */
public final class RecordWriter {
    static final int OF_HASH = 16;

    private volatile @Nullable Asked asked;

    /** The facts that decisions of one pack depend on. */
    private record Asked(String pack, List<Fact> facts) {}

    /** The line for the visitor's log; {@code around} is the hash of the surroundings. */
    public LogLine of(PackSnapshot pack, UUID id, Inputs inputs, String around, Decision decision) {
        var request = inputs.request();
        var body = Body.create();
        body.put("id", DecisionIds.brief(id));
        body.put("p", pack.hash().substring(0, OF_HASH));
        body.put("t", request.touchpoint().key());
        var placements = body.putArray("q");
        request.placements().stream().map(Placement::key).forEach(placements::add);
        if (!request.context().isEmpty()) {
            var context = body.putObject("c");
            request.context().forEach(context::put);
        }
        put(body.putArray("f"), asked(pack), inputs.facts());
        if (!inputs.facts().zone().equals(pack.settings().zone())) {
            body.put("z", inputs.facts().zone().getId());
        }
        var memory = memory(pack, inputs.memory(), request.atMillis());
        if (!memory.isEmpty()) {
            body.set("m", memory);
        }
        if (!inputs.consents().said().isEmpty()) {
            var consents = body.putObject("k");
            inputs.consents().said().forEach((name, status) -> consents.put(name, status.key()));
        }
        putLots(body, inputs.lots());
        putGrants(body, inputs.grants());
        if (!inputs.products().byKind().isEmpty()) {
            var lists = body.putObject("l");
            inputs.products().byKind().forEach((kind, ids) -> ids.forEach(lists.putArray(kind.key())::add));
        }
        if (!around.isEmpty()) {
            body.put("a", around);
        }
        body.put("d", decision.digest());
        return new LogLine(LogLine.Kind.DECISION, Body.text(body));
    }

    private static void putLots(ObjectNode body, Lots lots) {
        if (!lots.variations().isEmpty()) {
            var variations = body.putObject("x");
            lots.variations().forEach(variations::put);
        }
        if (!lots.heldBack().isEmpty()) {
            lots.heldBack().forEach(body.putArray("h")::add);
        }
    }

    private static void putGrants(ObjectNode body, Grants grants) {
        grants.usedUp()
                .forEach((what, spent) -> body.withArray("b")
                        .addArray()
                        .add(what)
                        .add(spent.used())
                        .add(spent.held())
                        .add(spent.limit()));
        if (!grants.codes().isEmpty()) {
            var codes = body.putObject("v");
            grants.codes().forEach(codes::put);
        }
    }

    private static ObjectNode memory(PackSnapshot pack, Memory memory, long atMillis) {
        var body = Body.create();
        var contacts = memory.contacts();
        var slots = pack.policy().caps().stream()
                .flatMap(cap -> cap.slots().stream())
                .toList();
        contacts.timesBySlot().forEach((slot, times) -> {
            if (slots.contains(slot)) {
                var line = body.withArray("n").addArray().add(slot);
                times.forEach(time -> line.add(atMillis - time));
            }
        });
        contacts.spent()
                .forEach((lapses, points) ->
                        body.withArray("s").addArray().add(atMillis - lapses).add(points));
        contacts.given()
                .forEach((slot, what) -> body.withArray("g")
                        .addArray()
                        .add(slot)
                        .add(what.offer())
                        .add(atMillis - what.atMillis()));
        memory.dismissed()
                .forEach(
                        (offer, at) -> body.withArray("x").addArray().add(offer).add(atMillis - at));
        memory.kept().forEach((placement, kept) -> {
            var line = body.withArray("k").addArray().add(placement).add(atMillis - kept.untilMillis());
            kept.offers().forEach(line::add);
        });
        return body;
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
        var several = facts.words(fact.index());
        if (fact.type() == FactType.WORDS && several != null) {
            several.forEach(values.addArray()::add);
        } else if (fact.type().isNumeric()) {
            values.add(facts.number(fact.index()));
        } else {
            values.add(facts.word(fact.index()));
        }
    }

    private List<Fact> asked(PackSnapshot pack) {
        var now = asked;
        if (now == null || !now.pack().equals(pack.hash())) {
            now = new Asked(pack.hash(), AskedFacts.of(pack));
            asked = now;
        }
        return now.facts();
    }
}
