package io.tappa.api.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.body.Line;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.problem.ProblemJson;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import org.jspecify.annotations.Nullable;

/** One line of a batch of questions: reads what is common to all kinds of them, and begins the line of its answer. */
final class BatchLine {
    /** Longest line, in bytes. */
    static final int LONGEST = 32 * 1024;
    /** Lines answered in one call. */
    static final int MOST = 10_000;

    private static final String REF = "ref";
    private static final int LONGEST_REF = 200;
    private static final String CURE = "Write one JSON object a line, in UTF-8.";

    private final long index;
    private final Line line;
    private @Nullable String ref;

    /** The line with this {@code index}, which counts from 0 and passes over empty lines. */
    BatchLine(long index, Line line) {
        this.index = index;
        this.line = line;
    }

    static boolean isEmpty(Line line) {
        return line.text().isBlank() && !line.tooLong();
    }

    /** Whether this line is answered: one more than the most is, by a refusal. */
    boolean isHeard() {
        return index <= MOST;
    }

    /** The question, without what only lines have; refused when there is none. */
    ObjectNode question() {
        if (index == MOST) {
            throw refused(
                    "too-many",
                    "The call has more than %,d lines.".formatted(MOST),
                    "Send this line and those after it in another call.");
        }
        if (line.tooLong()) {
            throw refused(
                    ProblemCode.TOO_LARGE.key(),
                    "The line has more than %,d bytes.".formatted(LONGEST),
                    "Leave out long fields, and send older events to /v1/batch.");
        }
        var question = parsed();
        ref = ref(question);
        return question;
    }

    private ObjectNode parsed() {
        if (!line.isUtf8()) {
            throw refused(ProblemCode.BAD_JSON.key(), "The line is not in UTF-8.", CURE);
        }
        try {
            if (Body.json(line.text()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException bad) {
            var at = bad.getLocation();
            var place = at == null ? "" : " at column %d".formatted(at.getColumnNr());
            throw refused(ProblemCode.BAD_JSON.key(), "The line is no JSON%s.".formatted(place), CURE);
        }
        throw refused(ProblemCode.BAD_JSON.key(), "The line is no JSON object.", CURE);
    }

    private static @Nullable String ref(ObjectNode question) {
        var ref = Field.text(question, REF, "");
        if (ref != null && ref.length() > LONGEST_REF) {
            throw Field.wrong(
                    "/" + REF,
                    "\"ref\" has more than %d characters.".formatted(LONGEST_REF),
                    "Send a short name of the line, such as its number in your list.");
        }
        question.remove(REF);
        return ref;
    }

    /** A problem of one line; of its status nobody hears. */
    private static HttpProblem refused(String code, String what, String cure) {
        return new HttpProblem(ProblemCode.INVALID_FIELD, Problem.error(code, Place.pointer(""), what, cure));
    }

    /** The line that answers with {@code answer}. */
    ObjectNode answered(ObjectNode answer) {
        var body = head();
        body.setAll(answer);
        return body;
    }

    /** The line that says why there is no answer. */
    ObjectNode refused(HttpProblem why) {
        var body = head();
        body.set("error", ProblemJson.reason(why.problems().get(0)));
        return body;
    }

    private ObjectNode head() {
        var body = Body.create().put("index", index);
        if (ref != null) {
            body.put(REF, ref);
        }
        return body;
    }
}
