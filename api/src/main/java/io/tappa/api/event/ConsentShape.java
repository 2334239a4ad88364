package io.tappa.api.event;

import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.problem.Suggestion;
import java.util.List;
import java.util.SortedMap;

/** What {@link Consent#UPDATED} may say: a denial that nobody understands must not be lost without a word. */
final class ConsentShape {
    private static final List<String> STATUSES = List.of("granted", "denied", "pending");

    private ConsentShape() {}

    /** Refuses a statement about something nobody can consent to. */
    static void check(String event, SortedMap<String, String> values, String pointer) {
        if (!event.equals(Consent.UPDATED)) {
            return;
        }
        var purpose = values.getOrDefault("purpose", "");
        var channel = values.getOrDefault("channel", "");
        var status = values.getOrDefault("status", "");
        if (!channel.isEmpty() && !Consent.CHANNELS.contains(channel)) {
            throw wrong(
                    pointer,
                    "channel",
                    "There is no channel \"%s\" to consent to.".formatted(channel),
                    Suggestion.cure(channel, "channels", Consent.CHANNELS));
        }
        if (!Consent.PURPOSES.contains(purpose)) {
            throw wrong(
                    pointer,
                    "purpose",
                    "There is no purpose \"%s\" to consent to.".formatted(purpose),
                    cure(purpose, channel));
        }
        if (Consent.named(purpose, channel) == null) {
            throw wrong(
                    pointer,
                    "channel",
                    "The purpose \"%s\" is not asked for \"%s\" apart.".formatted(purpose, channel),
                    "Leave the channel out, or use one of the purposes %s."
                            .formatted(String.join(", ", Consent.BY_CHANNEL)));
        }
        if (Consent.Status.of(status) == null) {
            throw wrong(
                    pointer,
                    "status",
                    "There is no consent \"%s\".".formatted(status),
                    Suggestion.cure(status, "possible values", STATUSES));
        }
    }

    private static String cure(String purpose, String channel) {
        return channel.isEmpty()
                ? Suggestion.cure(purpose, "purposes", Consent.PURPOSES)
                : "Did you mean \"%s\"? That is the purpose of messages on this channel. The purposes are: %s."
                        .formatted(channel, String.join(", ", Consent.PURPOSES));
    }

    private static HttpProblem wrong(String pointer, String field, String what, String cure) {
        var place = Place.pointer(pointer + "/properties/" + field);
        return new HttpProblem(
                ProblemCode.INVALID_FIELD, List.of(Problem.error("unknown-" + field, place, what, cure)));
    }
}
