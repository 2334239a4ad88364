package io.tappa.api.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.engine.arbitration.Propensities;
import io.tappa.engine.arbitration.Propensities.Counts;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.pause.Pauses;
import java.util.TreeMap;
import java.util.TreeSet;

/** Surroundings as JSON: {@code paused}, {@code rates} (displays and yeses) and {@code soldOut}; what is empty is left out. */
public final class SurroundingsJson {
    private SurroundingsJson() {}

    static String write(Surroundings around) {
        var body = Body.create();
        around.pauses().byWhat().forEach((what, pause) -> {
            var line = body.withObject("/paused").putObject(what);
            line.put("reason", pause.reason());
            line.put("since", pause.sinceMillis());
            line.put("until", pause.untilMillis());
            line.put("by", pause.by());
        });
        around.propensities()
                .byOffer()
                .forEach((key, counts) -> body.withObject("/rates")
                        .putArray(key)
                        .add(counts.displays())
                        .add(counts.yeses()));
        around.soldOut().forEach(body.withArray("soldOut")::add);
        return Body.text(body);
    }

    static Surroundings read(String json) {
        return read(Body.parsed(json));
    }

    /** The surroundings that {@code body} tells. */
    public static Surroundings read(ObjectNode body) {
        var pauses = new TreeMap<String, Pause>();
        body.path("paused").properties().forEach(entry -> {
            var line = entry.getValue();
            pauses.put(
                    entry.getKey(),
                    new Pause(
                            entry.getKey(),
                            line.path("reason").asText(),
                            line.path("since").asLong(),
                            line.path("until").asLong(),
                            line.path("by").asText()));
        });
        var rates = new TreeMap<String, Counts>();
        body.path("rates")
                .properties()
                .forEach(entry -> rates.put(
                        entry.getKey(),
                        new Counts(
                                entry.getValue().path(0).asLong(),
                                entry.getValue().path(1).asLong())));
        var soldOut = new TreeSet<String>();
        body.path("soldOut").forEach(product -> soldOut.add(product.asText()));
        return new Surroundings(new Pauses(pauses), new Propensities(rates), soldOut);
    }

    /** Names {@code json}: 16 hexadecimal digits. */
    static String hash(String json) {
        return "%016x".formatted(Hashes.first64(json));
    }
}
