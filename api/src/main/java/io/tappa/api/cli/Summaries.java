package io.tappa.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.engine.simulation.TrafficSummary;
import java.util.List;
import java.util.Map;

/** What became of traffic, as JSON and as a table; the same from both ways of running it. */
final class Summaries {
    private Summaries() {}

    static ObjectNode json(TrafficSummary summary) {
        var body = Body.create();
        body.put("uniqueEvents", summary.uniqueEvents());
        body.put("duplicates", summary.duplicates());
        body.put("refused", summary.refused());
        body.put("visitors", summary.visitors());
        var journeys = body.putObject("journeys");
        summary.journeys().forEach((key, count) -> {
            var journey = journeys.putObject(key);
            count.stages().forEach(journey.putObject("stages")::put);
            count.moves().forEach(journey.putObject("moves")::put);
        });
        body.putObject("retargeting");
        return body;
    }

    static String table(TrafficSummary summary, Map<String, List<String>> stageOrder) {
        var text = new StringBuilder();
        text.append("%,d events, %,d duplicates, %,d refused, %,d visitors%n"
                .formatted(summary.uniqueEvents(), summary.duplicates(), summary.refused(), summary.visitors()));
        summary.journeys().forEach((key, count) -> {
            text.append("%nJourney %s: visitors by stage%n".formatted(key));
            for (var stage :
                    stageOrder.getOrDefault(key, List.copyOf(count.stages().keySet()))) {
                text.append(line(stage, count.stages().getOrDefault(stage, 0L), summary.visitors()));
            }
            text.append("%nMoves%n".formatted());
            count.moves().forEach((move, times) -> text.append("  %-36s %,9d%n".formatted(move, times)));
        });
        return text.toString();
    }

    private static String line(String stage, long visitors, long all) {
        int bar = all == 0 ? 0 : (int) ((30 * visitors + all - 1) / all);
        return "  %-16s %,9d  %s%n".formatted(stage, visitors, "#".repeat(bar));
    }
}
