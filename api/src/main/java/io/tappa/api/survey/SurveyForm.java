package io.tappa.api.survey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.engine.fact.AnswerAccumulator;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.Survey;
import io.tappa.engine.pack.Survey.Said;
import io.tappa.engine.pack.ValuePath;
import io.tappa.engine.problem.Suggestion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what a survey tool says in the shape of the Segment specification, as {@code surveys.yaml} tells. */
public final class SurveyForm {
    private static final List<String> EXTERNAL = List.of("email", "card");
    private static final int LONGEST_ID = 60;
    private static final int HASH_DIGITS = 40;
    private static final int LONGEST_COMMENT = 2_000;

    private final Survey survey;
    private final ZoneId zone;
    private final String source;

    private SurveyForm(Survey survey, ZoneId zone, String source) {
        this.survey = survey;
        this.zone = zone;
        this.source = source;
    }

    /** The form of the survey called {@code name}, or a refusal; events say that they come from {@code source}. */
    public static SurveyForm of(PackSnapshot pack, String name, String source) {
        for (var survey : pack.surveys()) {
            if (survey.key().equals(name)) {
                return new SurveyForm(survey, pack.settings().zone(), source);
            }
        }
        var known = pack.surveys().stream().map(Survey::key).toList();
        throw new HttpProblem(
                ProblemCode.UNKNOWN_SURVEY,
                "survey",
                "There is no survey \"%s\" in surveys.yaml.".formatted(name),
                Suggestion.cure(name, "surveys", known));
    }

    /** The event that {@code answer} says. */
    public ObjectNode event(JsonNode answer) {
        if (!answer.isObject()) {
            throw Field.wrong("", "The answer is no JSON object.", "Send one object for each answer.");
        }
        var event = Body.create().put("type", "track").put("event", AnswerAccumulator.ANSWERED);
        event.put("messageId", messageId(answer));
        putPerson(event, answer);
        putTime(event, answer);
        event.withObject("/context").put("source", source);
        var kind = kind(answer);
        var properties = event.putObject("properties").put("kind", kind.key()).put("score", score(kind, answer));
        var touchpoint = said(survey.touchpoint(), answer);
        if (touchpoint != null) {
            properties.put("touchpoint", touchpoint);
        }
        var comment = text(survey.comment(), answer);
        if (comment != null) {
            properties.put("comment", comment.substring(0, Math.min(comment.length(), LONGEST_COMMENT)));
        }
        return event;
    }

    /** The same answer sent again, by webhook or in an export, has the same id. */
    private String messageId(JsonNode answer) {
        var id = text(survey.id(), answer);
        var prefix = "survey:"
                + Hashes.hex(survey.key().getBytes(StandardCharsets.UTF_8)).substring(0, 8) + ":";
        if (id != null && id.length() <= LONGEST_ID) {
            return prefix + id;
        }
        var content = id != null ? id : Body.text(answer);
        return prefix + Hashes.hex(content.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
    }

    private void putPerson(ObjectNode event, JsonNode answer) {
        var external = event.withObject("/context").putArray("externalIds");
        boolean isKnown = false;
        for (var id : survey.ids().entrySet()) {
            var value = text(id.getValue(), answer);
            if (value == null) {
                continue;
            }
            if (!Identity.isAcceptable(value)) {
                throw wrong(
                        id.getValue(),
                        "This cannot be the %s of a visitor.".formatted(id.getKey()),
                        "Use 1 to %d printable characters.".formatted(Identity.LONGEST));
            }
            isKnown = true;
            if (EXTERNAL.contains(id.getKey())) {
                external.addObject().put("type", id.getKey()).put("id", value);
            } else {
                event.put(id.getKey(), value);
            }
        }
        if (!isKnown) {
            var first = survey.ids().get(survey.ids().firstKey());
            throw wrong(
                    first == null ? survey.score() : first,
                    "Nothing says whose answer it is.",
                    "Let the survey send one of: %s."
                            .formatted(String.join(
                                    ", ",
                                    survey.ids().values().stream()
                                            .map(ValuePath::text)
                                            .toList())));
        }
    }

    private void putTime(ObjectNode event, JsonNode answer) {
        var path = survey.at();
        var text = text(path, answer);
        if (path == null || text == null) {
            return;
        }
        var at = moment(text);
        if (at == null) {
            throw wrong(
                    path,
                    "This is no time.",
                    "Send ISO 8601 such as 2026-03-02T10:00:00Z, or the seconds or milliseconds since 1970.");
        }
        event.put("timestamp", at.toString());
    }

    private @Nullable Instant moment(String text) {
        if (text.matches("[0-9]{10}")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        return text.matches("[0-9]{13}") ? Instant.ofEpochMilli(Long.parseLong(text)) : Field.moment(text, zone);
    }

    private AnswerAccumulator.Survey kind(JsonNode answer) {
        var kind = said(survey.kind(), answer);
        var known = AnswerAccumulator.Survey.of(kind == null ? null : kind.toLowerCase(Locale.ROOT));
        if (known == null) {
            var kinds = Arrays.stream(AnswerAccumulator.Survey.values())
                    .map(AnswerAccumulator.Survey::key)
                    .toList();
            throw wrong(
                    survey.kind() instanceof Said.From from ? from.path() : survey.score(),
                    kind == null
                            ? "The answer does not say which survey it belongs to."
                            : "There is no survey of this kind.",
                    Suggestion.cure(kind == null ? "" : kind, "kinds", kinds));
        }
        return known;
    }

    private int score(AnswerAccumulator.Survey kind, JsonNode answer) {
        var text = text(survey.score(), answer);
        if (text == null) {
            throw wrong(
                    survey.score(),
                    "The answer has no score there.",
                    "Look at what the survey sends, and correct \"score\" in surveys.yaml.");
        }
        var word = survey.scores().get(text.toLowerCase(Locale.ROOT));
        int score = word != null ? word : kind.score(text);
        if (score < kind.lowest() || score > kind.highest()) {
            throw wrong(
                    survey.score(),
                    "This is no score of %s.".formatted(kind.key()),
                    "Its scores are whole numbers from %d to %d; what answers in words are worth stands under \"scores\" in surveys.yaml."
                            .formatted(kind.lowest(), kind.highest()));
        }
        return score;
    }

    private static @Nullable String said(@Nullable Said said, JsonNode answer) {
        return said instanceof Said.Word word
                ? word.word()
                : said instanceof Said.From from ? text(from.path(), answer) : null;
    }

    private static @Nullable String text(@Nullable ValuePath path, JsonNode answer) {
        var value = path == null ? null : Walk.to(path, answer);
        boolean isText = value != null && value.isValueNode() && !value.isNull();
        var text = isText && value != null ? value.asText().trim() : "";
        return text.isEmpty() ? null : text;
    }

    private static HttpProblem wrong(ValuePath path, String what, String cure) {
        return Field.wrong("/" + path.text(), what, cure);
    }
}
