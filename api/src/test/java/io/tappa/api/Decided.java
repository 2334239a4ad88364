package io.tappa.api;

import com.fasterxml.jackson.databind.JsonNode;

/** What the answer of a decision says. */
public final class Decided {
    private Decided() {}

    /** What stands at a placement. */
    public static JsonNode at(JsonNode answer, String placement) {
        for (var decided : answer.path("decisions")) {
            if (decided.path("placement").asText().equals(placement)) {
                return decided;
            }
        }
        throw new AssertionError(answer.toString());
    }

    /** The offer at a placement, as text. */
    public static String offer(JsonNode answer, String placement) {
        return at(answer, placement).path("offer").asText();
    }

    /** The title of the best offer at a placement. */
    public static String title(JsonNode answer, String placement) {
        return at(answer, placement).at("/content/title").asText();
    }
}
