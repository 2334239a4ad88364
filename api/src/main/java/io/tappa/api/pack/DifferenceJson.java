package io.tappa.api.pack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.engine.difference.Difference;
import io.tappa.engine.difference.PackDifferences;
import io.tappa.engine.difference.PackDifferences.Version;

/** What is different between two versions, as JSON. */
public final class DifferenceJson {
    private DifferenceJson() {}

    /** The differences from {@code older} to {@code newer}, each with its sentence. */
    public static ObjectNode between(Version older, Version newer) {
        var body = Body.create()
                .put("from", older.snapshot().version())
                .put("to", newer.snapshot().version());
        var changes = body.putArray("changes");
        PackDifferences.between(older, newer).forEach(difference -> changes.add(view(difference)));
        return body;
    }

    private static ObjectNode view(Difference difference) {
        var view = Body.create()
                .put("change", difference.change().key())
                .put("what", difference.what())
                .put("name", difference.name())
                .put("text", difference.inWords());
        var details = view.putArray("details");
        difference
                .details()
                .forEach(detail -> details.addObject()
                        .put("of", detail.of())
                        .put("was", detail.was())
                        .put("is", detail.is()));
        return view;
    }
}
