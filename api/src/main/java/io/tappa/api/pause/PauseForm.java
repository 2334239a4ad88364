package io.tappa.api.pause;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Field;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.pause.Pause.Kind;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.Rule;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pauses that people ask for.
 *
 * @param pack the version whose rules, offers and channels can be paused
 */
record PauseForm(PackSnapshot pack) {
    private static final int LONGEST_REASON = 500;
    private static final String FORMS =
            "Write everything, channel:NAME, campaign:KEY, offer:KEY or rule:ID, for example offer:%s.";

    /** The pause that {@code body} asks for at {@code nowMillis}. */
    Pause read(ObjectNode body, long nowMillis, String by) {
        Field.only(body, "", List.of("what", "reason", "until"));
        return new Pause(what(body), reason(body), nowMillis, until(body, nowMillis), by);
    }

    private String what(ObjectNode body) {
        var what = Field.text(body, "what", "");
        if (what == null || what.isEmpty()) {
            throw Field.wrong("/what", "The body does not say what to pause.", forms());
        }
        if (what.equals(Pause.EVERYTHING)) {
            return what;
        }
        var kind = kind(what);
        if (kind == null) {
            throw Field.wrong("/what", "\"%s\" names nothing that can be paused.".formatted(what), meant(what));
        }
        var name = what.substring(kind.named("").length());
        var known = known(kind);
        if (!known.contains(name)) {
            throw Field.wrong(
                    "/what",
                    "There is no %s \"%s\".".formatted(kind.key(), name),
                    Suggestion.cure(name, kind.key() + "s", known));
        }
        return what;
    }

    private static @Nullable Kind kind(String what) {
        return Arrays.stream(Kind.values())
                .filter(kind -> what.startsWith(kind.named("")))
                .findFirst()
                .orElse(null);
    }

    private Collection<String> known(Kind kind) {
        return switch (kind) {
            case RULE -> pack.decisions().rules().stream().map(Rule::id).toList();
            case OFFER -> pack.offers().keys();
            case CAMPAIGN -> pack.programme().campaigns().keys();
            case CHANNEL -> pack.touchpoints().channels();
        };
    }

    /** The cure of a wrong form: a name without its kind, or a kind that is misspelt. */
    private String meant(String what) {
        for (var kind : Kind.values()) {
            if (known(kind).contains(what)) {
                return "Did you mean \"%s\"? %s".formatted(kind.named(what), forms());
            }
        }
        int colon = what.indexOf(':');
        var kinds = colon < 0
                ? List.of(Pause.EVERYTHING)
                : Arrays.stream(Kind.values()).map(Kind::key).toList();
        var nearest = Suggestion.nearest(colon < 0 ? what : what.substring(0, colon), kinds);
        return nearest == null
                ? forms()
                : "Did you mean \"%s\"? %s".formatted(nearest + (colon < 0 ? "" : what.substring(colon)), forms());
    }

    private String forms() {
        var offers = pack.offers().keys();
        return FORMS.formatted(offers.isEmpty() ? "voucher" : offers.first());
    }

    private static String reason(ObjectNode body) {
        var reason = Field.text(body, "reason", "");
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw Field.wrong(
                    "/reason",
                    "A pause needs a reason of at most %d characters.".formatted(LONGEST_REASON),
                    "Send for example \"reason\": \"the price is wrong\".");
        }
        return reason.strip();
    }

    private long until(ObjectNode body, long nowMillis) {
        var text = Field.text(body, "until", "");
        if (text == null) {
            return Long.MAX_VALUE;
        }
        var until = Field.end(text, pack.settings().zone());
        if (until == null) {
            throw Field.wrong(
                    "/until",
                    "\"until\" is no moment.",
                    "Send a date, which is included, or a moment, for example 2026-12-31, 2026-11-27 08:00 or 2026-11-27T08:00:00Z.");
        }
        if (until.toEpochMilli() <= nowMillis) {
            throw Field.wrong(
                    "/until",
                    "\"until\" is %s, and it is %s already.".formatted(until, Instant.ofEpochMilli(nowMillis)),
                    "Send a later moment, or leave it out to pause until you end it.");
        }
        return until.toEpochMilli();
    }
}
