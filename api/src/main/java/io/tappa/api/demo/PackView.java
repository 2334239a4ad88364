package io.tappa.api.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.touchpoint.Touchpoint;

/** The words of a pack as JSON, so that the page can say what ids mean: journey, facts, rules and placements. */
final class PackView {
    private PackView() {}

    static ObjectNode of(PackSnapshot pack) {
        var body = Body.create();
        body.put("pack", pack.version());
        body.put("currency", pack.settings().currency().getCurrencyCode());
        var journey = pack.journey(pack.settings().journey());
        if (journey != null) {
            journey(body.putObject("journey"), journey);
        }
        facts(body.putObject("facts"), pack);
        rules(body.putObject("rules"), pack);
        var touchpoints = body.putObject("touchpoints");
        for (var touchpoint : pack.touchpoints().all()) {
            placements(touchpoints, touchpoint);
        }
        return body;
    }

    private static void journey(ObjectNode body, Journey journey) {
        body.put("key", journey.key());
        body.put("start", journey.start());
        var stages = body.putArray("stages");
        for (var stage : journey.stages()) {
            stages.addObject().put("key", stage.key()).put("goal", stage.goal());
        }
        var moves = body.putArray("moves");
        for (var move : journey.moves()) {
            moves.addObject().put("id", move.id()).put("on", move.on()).put("to", move.to());
        }
    }

    private static void facts(ObjectNode body, PackSnapshot pack) {
        for (var fact : pack.facts().facts()) {
            var words = body.putObject(fact.id());
            words.put("label", fact.label());
            words.put("type", fact.type().key());
            words.put("unit", fact.unit());
            if (fact.source() instanceof Source.Context context) {
                words.put("context", context.name());
            }
        }
    }

    private static void rules(ObjectNode body, PackSnapshot pack) {
        for (var rule : pack.decisions().rules()) {
            var words = body.putObject(rule.id());
            words.put("title", rule.title());
            words.put("file", rule.place().source());
            words.put("line", rule.place().line());
        }
    }

    private static void placements(ObjectNode body, Touchpoint touchpoint) {
        var keys = body.putArray(touchpoint.key());
        touchpoint.placements().forEach(placement -> keys.add(placement.key()));
    }
}
