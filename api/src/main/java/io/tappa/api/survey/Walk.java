package io.tappa.api.survey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tappa.engine.pack.ValuePath;
import io.tappa.engine.pack.ValuePath.Step.Choose;
import io.tappa.engine.pack.ValuePath.Step.Into;

/** Follows a path into JSON. */
final class Walk {
    private Walk() {}

    /** What stands at {@code path}; a field that is called like the whole path, as the column of a table, goes first. */
    static JsonNode to(ValuePath path, JsonNode root) {
        var column = root.path(path.text());
        if (!column.isMissingNode()) {
            return column;
        }
        var here = root;
        for (var step : path.steps()) {
            here = step instanceof Into into ? into(here, into.name()) : choose(here, (Choose) step);
        }
        return here;
    }

    private static JsonNode into(JsonNode node, String name) {
        return node.isArray() && name.matches("[0-9]{1,4}") ? node.path(Integer.parseInt(name)) : node.path(name);
    }

    private static JsonNode choose(JsonNode list, Choose choice) {
        for (var item : list.isArray() ? list : MissingNode.getInstance()) {
            var here = item;
            for (var name : choice.path()) {
                here = into(here, name);
            }
            if (here.isValueNode() && here.asText().equals(choice.wanted())) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }
}
