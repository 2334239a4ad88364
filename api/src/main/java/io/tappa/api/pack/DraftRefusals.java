package io.tappa.api.pack;

import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.store.Draft;
import io.tappa.api.store.Draft.Note;
import io.tappa.api.store.DraftStore;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.problem.Suggestion;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Why something cannot be done with a draft. */
final class DraftRefusals {
    private DraftRefusals() {}

    /** The draft is another one by now. */
    static HttpProblem changed(Draft draft) {
        return new HttpProblem(
                ProblemCode.STALE,
                "If-Match",
                "The draft %s is another one by now: it was changed by %s at %s."
                        .formatted(draft.name(), draft.last().by(), at(draft.last())),
                "Get it again, look at what is new, and repeat the request with its present ETag.");
    }

    /** A file is another one by now; {@code present} tells who wrote or deleted it, null where it never was. */
    static HttpProblem changed(String path, @Nullable Note present) {
        if (present == null) {
            return new HttpProblem(
                    ProblemCode.STALE,
                    path,
                    "There is no file %s in the draft.".formatted(path),
                    "Send it with If-None-Match: * to make it.");
        }
        return present.exists()
                ? new HttpProblem(
                        ProblemCode.STALE,
                        path,
                        "%s is another one by now: it was written by %s at %s."
                                .formatted(path, present.by(), at(present)),
                        "Get it again, put your change into that text, and send it with its present ETag.")
                : new HttpProblem(
                        ProblemCode.STALE,
                        path,
                        "%s is there no more: it was deleted by %s at %s.".formatted(path, present.by(), at(present)),
                        "Send it with If-None-Match: * to make it again.");
    }

    /** Another version is live than the one the draft stands on. */
    static HttpProblem anotherIsLive(Draft draft) {
        var number = draft.base().number();
        return new HttpProblem(
                ProblemCode.STALE,
                "from",
                "The draft was made from %s, and another version is live by now."
                        .formatted(number == null ? "a version" : "release " + number),
                "Take over what is new with POST …/drafts/%s:merge, check it, and publish again."
                        .formatted(draft.name()));
    }

    /** Decisions were made about another version than the live one. */
    static HttpProblem notThatOne() {
        return new HttpProblem(
                ProblemCode.STALE,
                "with",
                "Another version went live since you decided.",
                "Ask for the conflicts again with POST …:merge, and decide anew.");
    }

    static HttpProblem taken(Draft draft) {
        return new HttpProblem(
                ProblemCode.CONFLICT,
                "draft",
                "There is a draft \"%s\" already: %s made it at %s."
                        .formatted(draft.name(), draft.made().by(), at(draft.made())),
                "Work in that one, or choose another name.");
    }

    static HttpProblem noName(String name) {
        return Field.wrong(
                "draft",
                "\"%s\" is no name of a draft.".formatted(name),
                "Names have small letters, digits and hyphens, begin with no hyphen, and are at most 60 characters long.");
    }

    static HttpProblem tooManyDrafts() {
        return Field.wrong(
                "draft",
                "There are %d drafts already, and no more can be.".formatted(DraftStore.MOST),
                "Publish or delete some of them.");
    }

    static HttpProblem tooManyFiles(String path) {
        return Field.wrong(
                "path",
                "The draft has %d files, and %s is one too many.".formatted(PackFiles.MOST_FILES, path),
                "Join small files, or delete what has ended.");
    }

    static HttpProblem tooLargeDraft() {
        return new HttpProblem(
                ProblemCode.TOO_LARGE,
                "path",
                "With this text the draft would have more than %,d bytes.".formatted(DraftStore.LARGEST),
                "Delete what has ended.");
    }

    static HttpProblem tooLargeFile(String path, int most) {
        return new HttpProblem(
                ProblemCode.TOO_LARGE,
                "path",
                "%s has more than %,d characters.".formatted(path, most),
                "Split it into several files of the same folder.");
    }

    static HttpProblem noFile(String path, Collection<String> present) {
        return new HttpProblem(
                ProblemCode.NOT_FOUND,
                path,
                "There is no file %s in the draft.".formatted(path),
                Suggestion.cure(path, "files", present));
    }

    private static String at(Note note) {
        return Instant.ofEpochMilli(note.atMillis()).toString();
    }
}
