package io.tappa.api.pack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Field;
import io.tappa.engine.merge.Side;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * That a draft take over what is live.
 *
 * @param take whose text is taken for conflicts, each by its key
 * @param with name of the version that was live when this was decided, or null for any
 */
record MergeForm(Map<String, Side> take, @Nullable String with) {
    private static final String TAKE = "take";

    MergeForm {
        take = Map.copyOf(take);
    }

    static MergeForm of(ObjectNode body) {
        Field.only(body, "", List.of(TAKE, "with"));
        var take = new TreeMap<String, Side>();
        var sent = Field.object(body, TAKE, "");
        if (sent != null) {
            for (var decision : sent.properties()) {
                take.put(
                        decision.getKey(),
                        side(decision.getKey(), decision.getValue().asText()));
            }
        }
        return new MergeForm(take, Field.text(body, "with", ""));
    }

    private static Side side(String key, String text) {
        return switch (text) {
            case "ours" -> Side.OURS;
            case "theirs" -> Side.THEIRS;
            default ->
                throw Field.wrong(
                        "/take/" + key,
                        "\"%s\" is no side.".formatted(text),
                        "Send \"ours\" for the text of the draft, or \"theirs\" for the live one.");
        };
    }
}
