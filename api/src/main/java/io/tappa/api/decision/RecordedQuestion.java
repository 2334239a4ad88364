package io.tappa.api.decision;

import io.tappa.api.body.Field;
import io.tappa.api.record.AllRecords.Wanted;
import io.tappa.api.record.Recorded;
import io.tappa.api.record.Remade;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.problem.Suggestion;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which recorded decisions are asked for.
 *
 * @param fromMillis made at this moment or later, in milliseconds since 1970
 * @param toMillis made before this moment
 * @param visitor about whom, or null for everybody
 * @param offer that showed this offer, or null for any
 * @param placement for this {@code touchpoint.placement} or touchpoint, or null for any
 * @param limit how many at most
 * @param lines whether they are wanted as lines, to be decided again
 */
record RecordedQuestion(
        long fromMillis,
        long toMillis,
        @Nullable VisitorKey visitor,
        @Nullable String offer,
        @Nullable String placement,
        int limit,
        boolean lines) {
    static final String LINES = "application/x-ndjson";

    private static final List<String> NAMES = List.of("from", "to", "visitor", "offer", "placement", "limit");
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int MOST_LINES = 999_999_999;
    private static final Pattern VISITOR = Pattern.compile("[a-z2-7]{26}");
    private static final int LONGEST = 200;

    static RecordedQuestion of(ServerRequest request) {
        request.queryParams().keySet().forEach(RecordedQuestion::mustBeKnown);
        boolean lines = request.headers().header("Accept").stream().anyMatch(types -> types.contains(LINES));
        long from = Field.millis(request, "from", Long.MIN_VALUE);
        long to = Field.millis(request, "to", Long.MAX_VALUE);
        if (from >= to) {
            throw Field.wrong(
                    "to", "\"to\" is not later than \"from\".", "Decisions before \"to\" are told, not those at it.");
        }
        return new RecordedQuestion(
                from,
                to,
                visitor(request),
                name(request, "offer", "small-finds"),
                name(request, "placement", "cart.drawer"),
                lines ? limit(request, MOST_LINES, MOST_LINES) : limit(request, USUAL, MOST),
                lines);
    }

    private static void mustBeKnown(String name) {
        if (!NAMES.contains(name)) {
            throw Field.wrong(
                    name,
                    "\"%s\" means nothing here.".formatted(name),
                    Suggestion.cure(name, "possible parameters", NAMES));
        }
    }

    private static @Nullable VisitorKey visitor(ServerRequest request) {
        var text = request.queryParam("visitor").orElse(null);
        if (text == null) {
            return null;
        }
        if (!VISITOR.matcher(text).matches()) {
            throw Field.wrong(
                    "visitor",
                    "\"%s\" is no id of a visitor.".formatted(text),
                    "Look the visitor up by one of their ids: GET /v1/visitors?userId=…, and send its id.");
        }
        return new VisitorKey(text);
    }

    private static @Nullable String name(ServerRequest request, String name, String example) {
        var text = request.queryParam(name).orElse(null);
        if (text != null && (text.isBlank() || text.length() > LONGEST)) {
            throw Field.wrong(
                    name, "This names no %s.".formatted(name), "Send for example %s=%s.".formatted(name, example));
        }
        return text;
    }

    private static int limit(ServerRequest request, int usual, int most) {
        var orElse = most == MOST ? ", or ask for %s to get them all".formatted(LINES) : "";
        return Field.number(request, "limit", usual, most, "decisions", orElse);
    }

    /** When, and about whom. */
    Wanted wanted() {
        return new Wanted(fromMillis, toMillis, visitor);
    }

    /** Whether the placement asked for was filled, where one is asked for. */
    boolean fits(Recorded recorded) {
        return placement == null || recorded.placements().stream().anyMatch(name -> isAt(recorded.touchpoint(), name));
    }

    private boolean isAt(String touchpoint, String name) {
        return placement == null || placement.equals(touchpoint) || placement.equals(touchpoint + "." + name);
    }

    /** Whether the offer asked for was shown, where it is asked for. */
    boolean fits(Remade remade) {
        var touchpoint = remade.recorded().touchpoint();
        return remade.decision().placements().stream()
                .filter(decided -> isAt(touchpoint, decided.placement()))
                .flatMap(decided -> decided.choices().stream())
                .anyMatch(choice -> choice.offer().equals(offer));
    }
}
