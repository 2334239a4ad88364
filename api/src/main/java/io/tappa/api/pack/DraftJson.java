package io.tappa.api.pack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.problem.ProblemJson;
import io.tappa.api.store.Draft;
import io.tappa.api.store.Draft.Note;
import io.tappa.api.store.DraftStore.Opened;
import io.tappa.engine.pack.PackResult;
import java.time.Instant;

/** Drafts as JSON. */
final class DraftJson {
    private DraftJson() {}

    static ObjectNode view(Draft draft) {
        return Body.create()
                .put("name", draft.name())
                .put("from", draft.base().number())
                .put("fromHash", draft.base().hash())
                .put("by", draft.made().by())
                .put("at", at(draft.made()))
                .put("message", draft.message())
                .put("changed", draft.changed())
                .put("changedBy", draft.last().by())
                .put("changedAt", at(draft.last()))
                .put("etag", draft.etag());
    }

    /** The same with all files, and of each its etag and who wrote it last. */
    static ObjectNode view(Opened opened) {
        var body = view(opened.draft());
        var files = body.putObject("files");
        opened.files().contents().forEach(files::put);
        var about = body.putObject("about");
        opened.draft().notes().forEach((path, note) -> {
            if (note.exists()) {
                about.set(path, writer(note).put("etag", note.etag()));
            }
        });
        return body;
    }

    /** What a draft is called now, and what is wrong in it. */
    static ObjectNode checked(Draft draft, PackResult result) {
        var body = Body.create().put("etag", draft.etag()).put("ok", result.snapshot() != null);
        var problems = body.putArray("problems");
        result.problems().forEach(problem -> problems.add(ProblemJson.reason(problem)));
        return body;
    }

    /** Who wrote something, and when. */
    static ObjectNode writer(Note note) {
        return Body.create().put("by", note.by()).put("at", at(note));
    }

    private static String at(Note note) {
        return Instant.ofEpochMilli(note.atMillis()).toString();
    }
}
