package io.tappa.api.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.cli.RecordedVersions.LeftOut;
import io.tappa.engine.simulation.ReplayReport.Example;
import io.tappa.engine.simulation.ReplayReport.Slice;
import io.tappa.engine.simulation.ReplayReport.Swaps;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What a replay gave, as JSON; what is nothing, not known or none is null. */
final class ReplayJson {
    private ReplayJson() {}

    static ObjectNode of(ReplayResult result) {
        var report = result.report();
        var body = Body.create();
        body.put("draft", report.draft());
        body.put("live", result.live());
        result.versions().forEach(body.putObject("versions")::put);
        body.put("unknownVersion", result.leftOut(LeftOut.UNKNOWN_VERSION));
        body.put("unknownSurroundings", result.leftOut(LeftOut.UNKNOWN_SURROUNDINGS));
        body.put("notAsRecorded", result.leftOut(LeftOut.NOT_AS_RECORDED));
        body.put("leftOut", result.unsampled());
        body.put("decisions", report.decisions());
        body.put("placements", report.placements());
        body.put("changedDecisions", report.changedDecisions());
        body.put("changedPlacements", report.changedPlacements());
        var kinds = body.putObject("kinds");
        report.kinds().forEach((kind, count) -> kinds.put(kind.key(), count));
        report.gone().forEach(body.putObject("gone")::put);
        body.set("swaps", json(report.swaps()));
        put(body.putArray("byPlacement"), "placement", report.byPlacement());
        put(body.putArray("byStage"), "stage", report.byStage());
        put(body.putArray("byPersona"), "persona", report.byPersona());
        var offers = body.putObject("offers");
        report.offers()
                .forEach((offer, displays) ->
                        offers.putObject(offer).put("before", displays.before()).put("now", displays.now()));
        var rules = body.putObject("idleRules");
        report.idleRules().forEach((rule, idle) -> rules.put(rule, idle.key()));
        var unjudged = body.putArray("cannotBeJudged");
        report.unjudged()
                .forEach(one -> unjudged.addObject()
                        .put("what", one.what().key())
                        .put("name", one.name())
                        .put("decisions", one.decisions()));
        var examples = body.putArray("examples");
        report.examples().forEach(example -> examples.add(json(example)));
        return body;
    }

    private static ObjectNode json(Swaps swaps) {
        var body = Body.create();
        body.put("displays", swaps.displays());
        var largest = body.putArray("largest");
        swaps.largest()
                .forEach(swap -> largest.addObject()
                        .put("from", orNull(swap.from()))
                        .put("to", orNull(swap.to()))
                        .put("displays", swap.displays()));
        body.put("others", swaps.others());
        return body;
    }

    private static void put(ArrayNode body, String what, SortedMap<String, Slice> slices) {
        slices.forEach((name, slice) -> {
            var one = body.addObject();
            one.put(what, orNull(name));
            one.put("placements", slice.placements());
            one.put("changed", slice.changed());
            one.set("swaps", json(slice.swaps()));
        });
    }

    private static ObjectNode json(Example example) {
        var body = Body.create();
        body.put("kind", example.kind().key());
        body.put("decisionId", example.id());
        body.put("at", Instant.ofEpochMilli(example.atMillis()).toString());
        body.put("placement", example.placement());
        body.put("stage", orNull(example.stage()));
        var from = body.putArray("from");
        example.from().forEach(from::add);
        var to = body.putArray("to");
        example.to().forEach(to::add);
        body.put("whyBefore", example.whyBefore());
        body.put("whyNow", example.whyNow());
        body.put("whyNot", orNull(example.whyNot()));
        return body;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
