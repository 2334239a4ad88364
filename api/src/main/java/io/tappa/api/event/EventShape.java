package io.tappa.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;

/** What an event may look like, whatever it says. */
final class EventShape {
    private static final int DEEPEST = 50;

    private EventShape() {}

    /** Refuses an event that no rule could read. */
    static void check(ObjectNode event, String pointer) {
        if (isDeeper(event, DEEPEST)) {
            throw Field.wrong(
                    pointer,
                    "More than %d objects and lists stand within each other.".formatted(DEEPEST),
                    "Send flat properties; facts read them by a dotted path.");
        }
        var products = event.path("properties").path("products");
        if (products.isMissingNode() || products.isNull()) {
            return;
        }
        var place = pointer + "/properties/products";
        if (!products.isArray()) {
            throw noProducts(place, "\"products\" is no list.");
        }
        for (int i = 0; i < products.size(); i++) {
            if (!products.get(i).isObject()) {
                throw noProducts(place + "/" + i, "This product is no object.");
            }
        }
    }

    private static HttpProblem noProducts(String place, String what) {
        return Field.wrong(
                place, what, "Send a list such as [{\"product_id\":\"p-1\",\"price\":89.00,\"quantity\":1}].");
    }

    private static boolean isDeeper(JsonNode node, int levels) {
        if (!node.isContainerNode()) {
            return false;
        }
        if (levels == 0) {
            return true;
        }
        for (var inner : node) {
            if (isDeeper(inner, levels - 1)) {
                return true;
            }
        }
        return false;
    }
}
