package io.tappa.api.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.ApiKey;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.problem.Suggestion;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a question is to be answered.
 *
 * @param atMillis the moment to decide for, in milliseconds since 1970
 * @param dry whether nothing is counted, remembered and recorded
 * @param consents what is said about consent for this decision only
 * @param qa a link of somebody who tries an offer out, not yet checked, or null
 * @param budget how long to wait at most, or null for as long as the service does
 * @param explain how much of the why is answered
 */
record QuestionOptions(
        long atMillis,
        boolean dry,
        SortedMap<String, Status> consents,
        @Nullable String qa,
        @Nullable Duration budget,
        Explain explain) {
    QuestionOptions {
        consents = Collections.unmodifiableSortedMap(new TreeMap<>(consents));
    }

    /** How much of the why is answered. */
    enum Explain {
        NONE,
        REASONS,
        FULL
    }

    /** What becomes of a decision. */
    private enum Mode {
        /** It counts. */
        LIVE,
        /** An offer is tried out. */
        QA,
        /** It is only looked at. */
        SHADOW;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What {@code body} says, at {@code nowMillis}. */
    static QuestionOptions read(ApiKey key, ObjectNode body, long nowMillis) {
        long at = at(key, body, nowMillis);
        var mode = mode(body);
        var qa = qa(body, mode);
        boolean dry = at != nowMillis || mode != Mode.LIVE || qa != null;
        return new QuestionOptions(at, dry, consents(body), qa, budget(body), explain(body));
    }

    /** Refuses what would be refused in every question with these {@code fields}. */
    static void check(ApiKey key, ObjectNode fields, long nowMillis) {
        at(key, fields, nowMillis);
        explain(fields);
        mode(fields);
        budget(fields);
    }

    private static Explain explain(ObjectNode body) {
        var text = Field.text(body, "explain", "");
        if (text == null) {
            return Explain.REASONS;
        }
        for (var explain : Explain.values()) {
            if (explain.name().toLowerCase(Locale.ROOT).equals(text)) {
                return explain;
            }
        }
        throw Field.wrong(
                "/explain",
                "\"%s\" cannot be explained.".formatted(text),
                Suggestion.cure(text, "possible values", List.of("none", "reasons", "full")));
    }

    /** The moment to decide for: another one than now only for whoever may see everything. */
    private static long at(ApiKey key, ObjectNode body, long now) {
        var text = Field.text(body, "at", "");
        if (text == null) {
            return now;
        }
        if (!key.seesInside()) {
            throw new HttpProblem(
                    ProblemCode.WRONG_KEY_KIND,
                    "/at",
                    "A publishable key decides for now.",
                    "Leave \"at\" out, or use a secret key.");
        }
        var moment = Field.moment(text);
        if (moment == null) {
            throw Field.wrong("/at", "\"%s\" is no moment.".formatted(text), "Send for example 2026-11-27T08:00:00Z.");
        }
        return moment.toEpochMilli();
    }

    private static Mode mode(ObjectNode body) {
        var text = Field.text(body, "mode", "");
        if (text == null) {
            return Mode.LIVE;
        }
        for (var mode : Mode.values()) {
            if (mode.key().equals(text)) {
                return mode;
            }
        }
        throw Field.wrong(
                "/mode",
                "There is no mode \"%s\".".formatted(text),
                Suggestion.cure(
                        text, "modes", Stream.of(Mode.values()).map(Mode::key).toList()));
    }

    /** The link of somebody who tries an offer out: with it the mode goes without saying. */
    private static @Nullable String qa(ObjectNode body, Mode mode) {
        var qa = Field.text(body, "qa", "");
        if (mode == Mode.QA && qa == null) {
            throw Field.wrong(
                    "/qa",
                    "The mode qa needs a link that says what to show.",
                    "Make one with POST /v1/packs/{pack}/qa-links, and send its token as \"qa\".");
        }
        if (qa != null && mode == Mode.SHADOW) {
            throw Field.wrong("/mode", "With a qa link the mode is qa.", "Leave \"mode\" out.");
        }
        return qa;
    }

    /** What the page says about consent, for this decision only. */
    private static SortedMap<String, Status> consents(ObjectNode body) {
        var said = new TreeMap<String, Status>();
        var given = Field.object(body, "consent", "");
        if (given == null) {
            return said;
        }
        Field.only(given, "/consent", Consent.allNames());
        given.properties().forEach(field -> {
            var status = Status.of(field.getValue().asText());
            if (status == null) {
                throw Field.wrong(
                        "/consent/" + field.getKey(),
                        "There is no consent \"%s\".".formatted(field.getValue().asText()),
                        "Send granted, denied or pending.");
            }
            said.put(field.getKey(), status);
        });
        return said;
    }

    private static @Nullable Duration budget(ObjectNode body) {
        var text = Field.text(body, "budgetMs", "");
        if (text == null) {
            return null;
        }
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw Field.wrong(
                    "/budgetMs", "\"%s\" is no time to wait.".formatted(text), "Send whole milliseconds, at least 1.");
        }
        return Duration.ofMillis(Integer.parseInt(text));
    }
}
